/*
 * Keeps what is too large for the browser's settings store (packs and texts of lists) by name, in one IndexedDB.
 *
 * All or nothing: what is put together is there together, also after the browser died in the middle. What it
 * deliberately does not do: know what it keeps, or keep anything of what a person visited.
 */

const NAME = 'plainsight';
const KEPT = 'kept';

/** @returns {Promise<IDBDatabase>} */
function opened() {
  return new Promise((done, fail) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(KEPT);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
}

/** @template T @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => T} work @returns {Promise<T>} */
async function within(mode, work) {
  const base = await opened();
  try {
    return await new Promise((done, fail) => {
      const step = base.transaction(KEPT, mode);
      const result = work(step.objectStore(KEPT));
      step.oncomplete = () => done(result);
      step.onerror = () => fail(step.error);
      step.onabort = () => fail(step.error);
    });
  } finally {
    base.close();
  }
}

/** What is kept under a name; undefined if nothing is. @param {string} name @returns {Promise<any>} */
export async function kept(name) {
  return (await within('readonly', (store) => store.get(name))).result;
}

/** Keeps all of these, and forgets those that are undefined. @param {Record<string, unknown>} values */
export async function keepAll(values) {
  await within('readwrite', (store) => {
    for (const [name, value] of Object.entries(values)) {
      if (value === undefined) store.delete(name);
      else store.put(value, name);
    }
  });
}

/** Forgets all whose names are so. @param {(name: string) => boolean} are */
export async function forgetAll(are) {
  await within('readwrite', (store) => {
    const asked = store.getAllKeys();
    asked.onsuccess = () => asked.result.filter((name) => are(String(name))).forEach((name) => store.delete(name));
  });
}
