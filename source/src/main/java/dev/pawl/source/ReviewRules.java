package dev.pawl.source;

import dev.pawl.kernel.PawlException;

/**
 * What a merge of a proposal takes in a project, and what a commit may do that nobody reviewed.
 *
 * @param approvals how many reviewers have to approve
 * @param alone whether the author counts as one
 * @param contained whether code that nobody reviewed runs in containers only
 */
public record ReviewRules(int approvals, boolean alone, boolean contained) {
    private static final int MOST = 20;
    static final ReviewRules USUAL = new ReviewRules(1, false, false);

    public ReviewRules {
        if (approvals < 0 || approvals > MOST) {
            throw PawlException.user("bad-approvals", "approvals must be from 0 to " + MOST);
        }
    }
}
