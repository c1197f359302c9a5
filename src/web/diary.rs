//! The diary's store: an IndexedDB of its own, one object store of values by key.
//!
//! Whatever belongs together is put in one transaction, so that a browser that dies in the middle leaves all of it or
//! nothing. What a value means, and what is to be changed, `api::diary` says. Pages open the same base: they read it, write
//! what a file brings, and take away what lies aside; all else the background writes. This deliberately keeps nothing in
//! memory but the open base.

use std::cell::RefCell;
use std::rc::Rc;

use idb::{
    Database, DatabaseEvent, Error, Factory, KeyRange, ObjectStore, ObjectStoreParams, Query, Transaction,
    TransactionMode,
};
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;

use crate::api::diary::{Book, Edit, Key, Span, Unreadable, Values, enter, kept_days};

const NAME: &str = "diary";
const KEPT: &str = "kept";
/// The form of the base itself; that of the values stands in each of them.
const VERSION: u32 = 1;

thread_local! {
    static BASE: RefCell<Option<Rc<Database>>> = const { RefCell::new(None) };
}

/// All of a store in one transaction, which lasts until nothing is asked of it any more.
pub(super) struct Step {
    transaction: Transaction,
    store: ObjectStore,
}

impl Step {
    /// Begins one.
    ///
    /// # Errors
    /// If there is no base and none can be made.
    pub(super) async fn begin(mode: TransactionMode) -> Result<Step, Error> {
        let transaction = match base().await?.transaction(&[KEPT], mode) {
            Ok(transaction) => transaction,
            Err(_) => {
                // The person may have cleared what is stored: the base that was open is no more.
                BASE.take();
                base().await?.transaction(&[KEPT], mode)?
            }
        };
        let store = transaction.object_store(KEPT)?;
        Ok(Step { transaction, store })
    }

    /// All keys of ours.
    ///
    /// # Errors
    /// If the browser fails.
    pub(super) async fn keys(&self) -> Result<Vec<Key>, Error> {
        let keys = self.store.get_all_keys(None, None)?.await?;
        Ok(keys.iter().filter_map(JsValue::as_string).filter_map(|key| Key::read(&key)).collect())
    }

    /// The values of some keys.
    ///
    /// # Errors
    /// If the browser fails.
    pub(super) async fn some(&self, keys: impl IntoIterator<Item = Key>) -> Result<Values, Error> {
        let mut values = Values::new();
        self.each(keys, |key, bytes| drop(values.insert(key, bytes))).await?;
        Ok(values)
    }

    /// Tells the value of each of some keys as soon as it is there.
    async fn each(&self, keys: impl IntoIterator<Item = Key>, mut on: impl FnMut(Key, Vec<u8>)) -> Result<(), Error> {
        // All are asked for before the first is waited for.
        let asked = keys.into_iter().map(|key| Ok((self.store.get(JsValue::from(key.to_string()))?, key)));
        let asked: Vec<_> = asked.collect::<Result<_, Error>>()?;
        for (value, key) in asked {
            if let Some(value) = value.await? {
                on(key, bytes(&value));
            }
        }
        Ok(())
    }

    /// All values whose keys begin with a word; all at all if it is empty.
    ///
    /// # Errors
    /// If the browser fails.
    pub(super) async fn all(&self, word: &str) -> Result<Values, Error> {
        let range = || {
            let end = JsValue::from(format!("{word}\u{ffff}"));
            Ok::<_, Error>(Some(Query::from(KeyRange::bound(&JsValue::from(word), &end, None, None)?)))
        };
        let keys = self.store.get_all_keys(range()?, None)?;
        let values = self.store.get_all(range()?, None)?;
        let keys = keys.await?;
        let values = values.await?;
        let mut all = Values::new();
        for (key, value) in keys.iter().zip(&values) {
            if let Some(key) = key.as_string().and_then(|key| Key::read(&key)) {
                all.insert(key, bytes(value));
            }
        }
        Ok(all)
    }

    /// Changes it, all or nothing, and waits until that is stored. True if and only if it is; else the browser took it
    /// back, as it does where there is no room.
    ///
    /// # Errors
    /// If the browser fails.
    pub(super) async fn end(self, edit: &Edit) -> Result<bool, Error> {
        // Nobody waits for each: what goes wrong with one, the transaction is told.
        for key in &edit.gone {
            self.store.delete(JsValue::from(key.as_str()))?;
        }
        for (key, value) in &edit.put {
            self.store.put(&Uint8Array::from(value.as_slice()).into(), Some(&JsValue::from(key.as_str())))?;
        }
        Ok(self.transaction.await?.is_committed())
    }
}

/// What views are made of.
#[derive(Clone, Debug)]
pub struct Read {
    /// What is kept of the days that were asked for.
    pub book: Book,
    /// The days of which anything is kept.
    pub kept: Option<Span>,
}

/// What is kept of some days, or of one site on them alone.
///
/// # Errors
/// If the browser fails.
pub async fn read(span: Span, site: Option<&str>) -> Result<Read, JsValue> {
    let all = async {
        let step = Step::begin(TransactionMode::ReadOnly).await?;
        let keys = step.keys().await?;
        let mut read = Read { book: Book::default(), kept: kept_days(&keys) };
        let wanted = keys.into_iter().filter(|key| key.period().is_some_and(|period| span.meets(period)));
        // Each is put in while the browser fetches the next.
        step.each(wanted, |key, bytes| enter(&mut read.book, &key, &bytes, site)).await?;
        Ok::<_, Error>(read)
    };
    all.await.map_err(words)
}

/// Changes it, or says that there is no room.
///
/// # Errors
/// If the browser did not store it.
pub(super) async fn put(step: Step, edit: Edit) -> Result<(), JsValue> {
    stored(step.end(&edit).await.map_err(words)?)
}

/// Whether it was stored, as a result.
///
/// # Errors
/// If it was not.
pub(super) fn stored(is: bool) -> Result<(), JsValue> {
    if is { Ok(()) } else { Err(JsValue::from_str("the browser did not store the diary: there may be no room")) }
}

/// Takes these away.
pub(super) fn gone(keys: &[Key]) -> Edit {
    Edit { gone: keys.iter().map(ToString::to_string).collect(), ..Edit::default() }
}

/// Why nothing is done with what a later release wrote.
pub(super) fn newer(_: Unreadable) -> JsValue {
    JsValue::from_str("a later release wrote this diary: it is left as it is")
}

/// What went wrong, as scripts are told.
pub(super) fn words(error: impl std::fmt::Display) -> JsValue {
    JsValue::from_str(&error.to_string())
}

async fn base() -> Result<Rc<Database>, Error> {
    if let Some(base) = BASE.with_borrow(Clone::clone) {
        return Ok(base);
    }
    let mut asked = Factory::new()?.open(NAME, Some(VERSION))?;
    asked.on_upgrade_needed(|event| {
        // Without its store every later step fails, and says so.
        let _ = event.database().and_then(|base| base.create_object_store(KEPT, ObjectStoreParams::new()));
    });
    let mut base = asked.await?;
    base.on_version_change(|_| {
        // Another release of ours wants to change it: who keeps it open would keep that waiting.
        if let Some(base) = BASE.take() {
            base.close();
        }
    });
    let base = Rc::new(base);
    BASE.replace(Some(Rc::clone(&base)));
    Ok(base)
}

/// A value's bytes. It is not asked for its class, which is another one where another global read it.
fn bytes(value: &JsValue) -> Vec<u8> {
    if value.is_object() { Uint8Array::new(value).to_vec() } else { Vec::new() }
}
