//! One change to what is stored, made where a person makes it.
//!
//! The store is the truth, and others write it too: a change is made to what is stored now, not to what was shown, so that
//! one made elsewhere in between is not undone. What changes there are is the business of the parts that offer them.

use leptos::prelude::{RwSignal, Set};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen_futures::spawn_local;

use super::browser::{self, Place};

/// Makes one change to what is stored in a place (the default, if nothing that can be read is), shows it and stores it.
pub(super) fn change<T>(place: Place, shown: RwSignal<T>, make: impl FnOnce(&mut T) + 'static)
where
    T: Clone + Default + DeserializeOwned + Serialize + Send + Sync + 'static,
{
    spawn_local(async move {
        let mut now: T = browser::stored(place).await.unwrap_or_default();
        make(&mut now);
        shown.set(now.clone());
        browser::store(place, &now).await;
    });
}
