//! What of us can be measured on every platform's page: our lines are there to be seen and pressed, cells keep their places
//! and columns, nothing becomes wider, and what is folded leaves no hole.
//!
//! Every proof is opened in its look (`demo/looks`), dark, with every act at work, in a wide window and in a narrow one. How
//! it looks nobody can measure; `cargo xtask demo --looks` takes the pictures. What the lines say is held elsewhere.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Options, Shadow, wait_for};
use xtask::replica::{Proof, SEEN, all_proofs, serve_proof};

use super::also::also_read_all;
use super::ours::in_extension;
use super::platforms::Open;
use super::{SOON, Scene, in_both_with};

/// Desktop and phone.
const SIZES: [(u32, u32); 2] = [(1280, 900), (390, 844)];

/// All that is wrong with our lines in the page, in words; arguments are the site's layouts.
const WRONG: &str = "
    const rest = (node) => { const { left, width } = node.getBoundingClientRect(); return [left, width].map(Math.round).join('+'); };
    const all = seen();
    const roots = () => [document.scrollingElement.scrollWidth, ...all.map(({ item }) => rest(item))];
    const tall = (node) => Math.round(node.getBoundingClientRect().height);
    const wrong = [];
    const withUs = roots();
    const heights = all.map(({ item }) => tall(item));
    for (const { line } of all) line.style.setProperty('display', 'none', 'important');
    const without = roots();
    const bare = all.map(({ item }) => tall(item));
    for (const { line } of all) line.style.setProperty('display', 'block', 'important');
    withUs.forEach((now, n) => { if (now !== without[n]) wrong.push(`${n === 0 ? 'the page' : `item ${n - 1}`} is at ${now}, and at ${without[n]} without us`); });
    const light = (color) => {
      const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const groundOf = (node) => {
      for (let at = node; at; at = at.parentElement) {
        const { backgroundColor } = getComputedStyle(at);
        if (!/^rgba.*, 0\\)$/.test(backgroundColor)) return backgroundColor;
      }
      return getComputedStyle(document.documentElement).colorScheme.includes('dark') ? 'rgb(24, 24, 24)' : 'rgb(255, 255, 255)';
    };
    all.forEach(({ item, body, line }, n) => {
      const dom = arguments[0].find(({ dom }) => item.matches(dom.item)).dom;
      const isFolded = getComputedStyle(body).display === 'none' || body.style.getPropertyPriority('height') === 'important';
      (dom.fixed ? item : line).scrollIntoView({ block: 'center', behavior: 'instant' });
      const box = line.getBoundingClientRect();
      const isRtl = getComputedStyle(line).direction === 'rtl';
      const isEye = box.height === 0 && !(dom.fixed && isFolded);
      if (box.width < 60) wrong.push(`the line of item ${n} is ${box.width} wide`);
      if (box.left < -1 || box.right > innerWidth + 1) wrong.push(`the line of item ${n} reaches from ${box.left} to ${box.right}`);
      if (dom.fixed && !isFolded && heights[n] !== bare[n]) wrong.push(`item ${n} has another height by us: ${heights[n]}, not ${bare[n]}`);
      if (isFolded && !dom.fixed && box.height > 110) wrong.push(`folded, item ${n} is ${box.height} high`);
      if (isFolded && dom.fixed && box.height < heights[n] - 40) wrong.push(`folded, item ${n} leaves a hole: ${box.height} of ${heights[n]}`);
      // At its start stands the mark; where there is only the eye, that stands at the end.
      const start = isEye && !arguments[1][n] ? isRtl ? box.left + 12 : box.right - 12 : isRtl ? box.right - 22 : box.left + 22;
      const y = box.height > 0 ? box.top + box.height / 2 : box.top + 14;
      const x = box.height > 110 ? box.left + box.width / 2 : start;
      const at = document.elementFromPoint(x, y);
      if (at !== line) wrong.push(`at the line of item ${n} (${Math.round(x)}, ${Math.round(y)}) there is ${at?.outerHTML.slice(0, 60)}`);
      const [one, other] = [light(getComputedStyle(line).color), light(groundOf(line))].sort((a, b) => a - b);
      if (box.height > 0 && (other + 0.05) / (one + 0.05) < 3) wrong.push(`the line of item ${n} is ${getComputedStyle(line).color} on ${groundOf(line)}`);
    });
    return wrong;";

/// Opens a proof in its look and waits until all of it is marked.
async fn open<'a>(browser: &'a Browser, proof: &'a Proof, layouts: &Value) -> Result<Open<'a>> {
    browser.goto(&proof.url()).await?;
    let open = Open { proof, layouts: layouts.clone(), browser };
    let marked = wait_for("every item to have a line", SOON, || async {
        let items = open.items().await?;
        Ok(!items.is_empty() && items.iter().all(|item| item.has_line))
    });
    marked.await.with_context(|| proof.file.clone())?;
    Ok(open)
}

/// Whether each item of a proof is told to be anything: the others have the eye alone. What stands in a line is drawn in
/// the line's own colour, however faintly: the page's eyes see the outside alone, and its contrast is measured there.
async fn told(open: &Open<'_>) -> Result<Vec<bool>> {
    let mut told = Vec::new();
    for number in 0..open.items().await?.len() {
        let line = open.line(number).await?.context("the line is gone")?;
        let inside = Shadow::of(&line).await?;
        let words = inside.find_all(".what").await?;
        for what in &words {
            let drawn = what.css_value("-webkit-text-fill-color").await?;
            let own = line.css_value("color").await?;
            let is_own = !inside.find_all(".over").await?.is_empty() || channels(&drawn) == channels(&own);
            ensure!(is_own, "{}: the words of line {number} are {drawn}, the line is {own}", open.proof.file);
        }
        told.push(!words.is_empty());
    }
    Ok(told)
}

/// Red, green and blue of a colour as a browser tells it, from 0 to 255.
fn channels(color: &str) -> Vec<u8> {
    let scale = if color.starts_with("color(srgb") { 255.0 } else { 1.0 };
    let numbers = color.split(|c: char| !c.is_ascii_digit() && c != '.').filter_map(|part| part.parse::<f64>().ok());
    numbers.take(3).map(|part| (part * scale).round() as u8).collect()
}

/// Stores settings under which every act is at work.
async fn every_act(browser: &Browser) -> Result<()> {
    let acts = json!({ "sponsored": "hide", "suggested": "lower", "shelf": "lower", "activity": "dim", "ai": "dim", "partnership": "label" });
    let settings = json!({ "version": 1, "derank": true, "sites": {}, "acts": acts });
    in_extension(browser, "await chrome.storage.local.set({ settings: arguments[0] })", vec![settings]).await
}

#[test]
fn on_every_page_our_lines_are_seen_and_the_page_keeps_its_shape() -> Result<()> {
    let proofs = all_proofs()?;
    let dark = |_, options| Ok(Options { dark: true, ..options });
    in_both_with(dark, async |Scene { web, browser }| {
        every_act(&browser).await?;
        also_read_all(&browser, &proofs).await?;
        let mut wrong = Vec::new();
        for (proof, layouts) in &proofs {
            serve_proof(&web, proof, &proof.dressed(true)?);
            let open = open(&browser, proof, layouts).await?;
            let told = told(&open).await?;
            for (width, height) in SIZES {
                browser.viewport(width, height).await?;
                let found: Vec<String> =
                    browser.eval(&format!("{SEEN}{WRONG}"), vec![layouts.clone(), json!(told)]).await?;
                wrong.extend(found.into_iter().map(|found| format!("{}, {width} wide: {found}", proof.file)));
            }
        }
        ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
        browser.quit().await
    })
}
