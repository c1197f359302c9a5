//! Small things that both feeds draw: text made safe for HTML, pictures and faces.
//!
//! All of them are our own and follow from a name alone, so that the same input gives the same bytes.

use super::posts::hash;

/// Text as HTML text or as the value of an attribute in double quotes.
pub(super) fn html(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A picture of our own: two hues and a horizon. No photograph of anybody, nothing to license.
pub(super) fn picture(name: &str) -> String {
    let seed = hash(name);
    let (sky, land, sun) = (seed % 360, (seed / 360) % 360, 60 + (seed / 7) % 480);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 360\">\
         <rect width=\"640\" height=\"360\" fill=\"hsl({sky} 45% 72%)\"/>\
         <circle cx=\"{sun}\" cy=\"110\" r=\"44\" fill=\"hsl({sky} 80% 90%)\"/>\
         <path d=\"M0 250 C120 190 220 300 340 240 S560 200 640 260 V360 H0z\" fill=\"hsl({land} 32% 46%)\"/>\
         <path d=\"M0 300 C160 260 300 340 460 290 S600 300 640 290 V360 H0z\" fill=\"hsl({land} 36% 32%)\"/></svg>"
    )
}

/// A round face without a face: one hue and an initial.
pub(super) fn avatar(name: &str) -> String {
    let hue = hash(name) % 360;
    let initial = html(&name.chars().next().unwrap_or('?').to_uppercase().to_string());
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 48 48\"><rect width=\"48\" height=\"48\" \
         fill=\"hsl({hue} 40% 45%)\"/><text x=\"24\" y=\"32\" font-family=\"sans-serif\" font-size=\"22\" \
         text-anchor=\"middle\" fill=\"#fff\">{initial}</text></svg>"
    )
}
