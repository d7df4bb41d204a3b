"""The reports: one assessment, rendered in the formats that people read, keep and pass on."""
