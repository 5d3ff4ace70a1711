//! Genogram and ecomap: model, drawing, and what comes in and goes out.

mod gedcom;
