package dev.pawl.source;

import dev.pawl.kernel.PawlException;

/**
 * What a merge of a proposal takes in a project.
 *
 * @param approvals how many reviewers have to approve
 * @param alone whether the author counts as one
 */
public record ReviewRules(int approvals, boolean alone) {
    private static final int MOST = 20;
    static final ReviewRules USUAL = new ReviewRules(1, false);

    public ReviewRules {
        if (approvals < 0 || approvals > MOST) {
            throw PawlException.user("bad-approvals", "approvals must be from 0 to " + MOST);
        }
    }
}
