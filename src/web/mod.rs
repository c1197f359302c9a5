//! The browser side: the one place that names wasm-bindgen and JavaScript's types.
//!
//! Each bin under `src/bin` is a context of the browser and exports functions of one module here. This room turns
//! JavaScript values into the plain structs of `api` and back; it decides nothing.

pub mod page;
