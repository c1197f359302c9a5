//! The built extension in real browsers, Chromium and Firefox.
