package dev.pawl.app;

import java.util.List;

/** The end of the demo, in a table. */
record DemoSummary(DemoProgress progress, boolean stays) {
    void print(DemoReport report, List<Facts.Seen> facts) {
        progress.plain("");
        progress.plain("  mean absolute percentage error, 1972 on");
        progress.plain("    frozen first model      %5.2f %%".formatted(report.frozenMape()));
        progress.plain("    the loop                %5.2f %%   %d retrainings, %d challengers turned down"
                .formatted(report.loopMape(), report.retrainings().size(), report.rejected()));
        progress.plain("    retrained every year    %5.2f %%".formatted(report.yearlyMape()));
        progress.plain("");
        progress.plain("  retrained on              " + report.retrainings());
        progress.plain("  predictions, labels       %,d and %,d".formatted(report.predictions(), report.labels()));
        progress.plain("  facts in the ledger       %,d".formatted(facts.size()));
        progress.plain("  seconds                   " + report.seconds());
        progress.plain(
                "  page                      " + report.server() + (stays ? "" : "  (gone now; --keep leaves it)"));
        progress.plain("  the way back              pawl trace --server %s %s"
                .formatted(report.server(), report.predictionId()));
    }
}
