//! Addresses in parts.
