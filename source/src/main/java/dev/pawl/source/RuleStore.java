package dev.pawl.source;

import dev.pawl.kernel.ProjectName;
import dev.pawl.store.Tx;
import java.util.List;

/** Protected branches, and what a merge takes, by project. */
final class RuleStore {
    void protect(Tx tx, ProjectName project, Protection protection) {
        tx.update("""
            insert into source_protection (project, pattern, review) values (?, ?, ?)
            on conflict (project, pattern) do update set review = excluded.review
            """, project, protection.pattern(), protection.review());
    }

    boolean unprotect(Tx tx, ProjectName project, String pattern) {
        return tx.update("delete from source_protection where project = ? and pattern = ?", project, pattern) == 1;
    }

    List<Protection> protections(Tx tx, ProjectName project) {
        return tx.list(
                row -> new Protection(row.text("pattern"), row.flag("review")),
                "select * from source_protection where project = ? order by pattern",
                project);
    }

    void setReviewRules(Tx tx, ProjectName project, ReviewRules rules) {
        tx.update("""
            insert into source_review_rule (project, approvals, alone, contained) values (?, ?, ?, ?)
            on conflict (project) do update
              set approvals = excluded.approvals, alone = excluded.alone, contained = excluded.contained
            """, project, rules.approvals(), rules.alone(), rules.contained());
    }

    ReviewRules reviewRules(Tx tx, ProjectName project) {
        return tx.first(
                        row -> new ReviewRules(row.integer("approvals"), row.flag("alone"), row.flag("contained")),
                        "select * from source_review_rule where project = ?",
                        project)
                .orElse(ReviewRules.USUAL);
    }
}
