//! Text made comparable: folding, with a map back to the original.
