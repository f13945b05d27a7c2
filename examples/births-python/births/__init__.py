"""The births pipeline: forecasts the births of every day 14 days ahead."""
