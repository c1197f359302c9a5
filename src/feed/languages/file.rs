//! The files in `data/languages`: read strictly, written in one form only, proven against each other, and packed.
//!
//! A file is about one language: the words, letters and endings by which it is known, and sentences as its proof. A
//! sentence of any file must be told as the language that its file answers, and as no other; a file that answers
//! `unknown` is evidence against languages that look like its own.
//!
//! What it deliberately does not do: say how often the answer is right on other people's posts; `cargo xtask
//! eval-language` does.

use std::collections::BTreeMap;

use super::super::lexicon;
use super::{ENDING, ENDING_LETTERS, HAS_PHRASES, IS_ANSWER, LATIN, LETTER, Languages, SCRIPTS};
use crate::text::{Folded, hash_of};
use crate::verdict::Refusal;

/// Fewest sentences of a language that is an answer, and of one that is only evidence against others.
const FEWEST: [usize; 2] = [15, 8];
/// What a file says that is no answer.
const UNKNOWN: &str = "unknown";

/// One file of `data/languages`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// Two letters.
    pub language: String,
    /// What a text in it is said to be: the same two letters, or `unknown`.
    pub answer: String,
    /// A name of `SCRIPTS`, or `latin`.
    pub script: String,
    /// What is particular, and where it is wrong; a sentence or more a line.
    pub notes: Vec<String>,
    /// Its commonest words that say what others say about.
    pub words: Vec<String>,
    /// Letters that few others have.
    pub letters: Vec<String>,
    /// Endings of three letters, of words that are not written down.
    pub endings: Vec<String>,
    /// Sentences in it, each with its line.
    pub proof: Vec<(usize, String)>,
}

/// Reads a file (its name without folders, its text). What cannot be used is refused with its line.
pub fn parse(name: &str, text: &str) -> (File, Vec<Refusal>) {
    let (mut file, mut refusals) = (File::default(), Vec::new());
    let mut is_proof = false;
    for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
        let mut refuse = |reason: &str| refusals.push(Refusal::new(name, i + 1, reason));
        let list = |value: &str| value.split(' ').map(str::to_owned).collect();
        match line.split_once(": ") {
            _ if is_proof => file.proof.push((i + 1, line.to_owned())),
            _ if line == "proof:" => is_proof = true,
            Some(("language", value)) => value.clone_into(&mut file.language),
            Some(("answer", value)) => value.clone_into(&mut file.answer),
            Some(("script", value)) => value.clone_into(&mut file.script),
            Some(("note", value)) => file.notes.push(value.to_owned()),
            Some(("words", value)) => file.words = list(value),
            Some(("letters", value)) => file.letters = list(value),
            Some(("endings", value)) => file.endings = list(value),
            _ => refuse("before the proof there are only lines like `language: en`"),
        }
    }
    let is_code = file.language.len() == 2 && file.language.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_script = file.script == LATIN || SCRIPTS.iter().any(|(script, _)| *script == file.script);
    let is_one = |word: &String| matches!(Folded::of(word).tokens(), [token] if Folded::of(word).word(token) == word);
    let is_letter = |letter: &String| letter.chars().count() == 1 && !letter.is_ascii();
    let is_ending = |ending: &String| ending.chars().count() == ENDING_LETTERS;
    let mut whole = |holds: bool, reason: String| {
        if !holds {
            refusals.push(Refusal::new(name, 0, reason));
        }
    };
    whole(is_code && name == std::format!("{}.txt", file.language), "its name does not say its language".to_owned());
    whole(file.answer == file.language || file.answer == UNKNOWN, "it answers itself or `unknown`".to_owned());
    whole(is_script, std::format!("there is no script {:?}", file.script));
    for (list, is_good) in
        [(&file.words, &is_one as &dyn Fn(&String) -> bool), (&file.letters, &is_letter), (&file.endings, &is_ending)]
    {
        let bad = list.iter().find(|it| !is_good(it));
        whole(bad.is_none(), std::format!("{:?} is not one folded word, one letter, or an ending of three", bad));
    }
    (file, refusals)
}

/// The one form of a file.
pub fn format(file: &File) -> String {
    let mut out = String::new();
    let mut put = |key: &str, value: &str| out.push_str(&std::format!("{key}: {value}\n"));
    put("language", &file.language);
    put("answer", &file.answer);
    put("script", &file.script);
    file.notes.iter().for_each(|note| put("note", note));
    for (key, list) in [("words", &file.words), ("letters", &file.letters), ("endings", &file.endings)] {
        let mut sorted = list.clone();
        sorted.sort();
        sorted.dedup();
        if !sorted.is_empty() {
            put(key, &sorted.join(" "));
        }
    }
    out.push_str("\nproof:\n");
    file.proof.iter().for_each(|(_, line)| out.push_str(&std::format!("{}\n", line.trim())));
    out
}

/// The section of these files (name without folders, text), and what could not be used of them. `phrases` are the
/// languages that have some.
pub fn compile(files: &[(&str, &str)], phrases: &[String]) -> (Vec<u8>, Vec<Refusal>) {
    let (mut read, mut refusals) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let (file, refused) = parse(name, text);
        read.push(file);
        refusals.extend(refused);
    }
    if read.len() > 32 {
        refusals.push(Refusal::new("languages", 0, "more than 32 languages have no place in a mask"));
        read.truncate(32);
    }
    for code in phrases.iter().filter(|code| !files.is_empty() && read.iter().all(|file| file.answer != **code)) {
        let reason = std::format!("there are phrases of {code:?} and no data/languages/{code}.txt that tells it");
        refusals.push(Refusal::new("languages", 0, reason));
    }
    let mut out = vec![u8::try_from(read.len()).unwrap_or(u8::MAX)];
    let mut scripts = [0u32; SCRIPTS.len()];
    let mut keys: BTreeMap<u32, u32> = BTreeMap::new();
    for (place, file) in read.iter().enumerate() {
        out.extend(file.language.bytes().chain([0, 0]).take(2));
        let is_answer = file.answer == file.language;
        out.push(
            if is_answer { IS_ANSWER } else { 0 } | if phrases.contains(&file.language) { HAS_PHRASES } else { 0 },
        );
        if let Some(script) = SCRIPTS.iter().position(|(script, _)| *script == file.script) {
            scripts[script] |= 1 << place;
        }
        let marked = |mark: u8, list: &[String]| -> Vec<u32> {
            list.iter().map(|it| hash_of(&[&[mark], it.as_bytes()].concat())).collect()
        };
        let words = file.words.iter().map(|word| hash_of(word.as_bytes()));
        for hash in words.chain(marked(LETTER, &file.letters)).chain(marked(ENDING, &file.endings)) {
            *keys.entry(hash).or_default() |= 1 << place;
        }
    }
    out.extend(planes(&scripts));
    out.extend(lexicon::write(&keys.keys().copied().collect::<Vec<u32>>()));
    out.extend(planes(&keys.values().copied().collect::<Vec<u32>>()));
    (out, refusals)
}

fn planes(masks: &[u32]) -> Vec<u8> {
    (0..4).flat_map(|byte| masks.iter().map(move |mask| mask.to_le_bytes()[byte])).collect()
}

/// Everything that is wrong with these files (name without folders, text), with line.
pub fn check(files: &[(&str, &str)]) -> Vec<Refusal> {
    let (bytes, mut refusals) = compile(files, &[]);
    let Ok(languages) = Languages::open(&bytes) else {
        refusals.push(Refusal::new("languages", 0, "the compiled form cannot be opened"));
        return refusals;
    };
    for (name, text) in files {
        let (file, _) = parse(name, text);
        if format(&file) != *text {
            refusals.push(Refusal::new(*name, 0, "it is not in its one form: sorted words, nothing twice"));
        }
        let fewest = FEWEST[usize::from(file.answer == UNKNOWN)];
        if file.proof.len() < fewest {
            let reason = std::format!("{} sentences are too little proof: {fewest}", file.proof.len());
            refusals.push(Refusal::new(*name, 0, reason));
        }
        for (line, sentence) in &file.proof {
            let guess = languages.of(&Folded::of(sentence));
            let told: Vec<&str> = languages.codes(guess).collect();
            let told = if told.is_empty() { UNKNOWN.to_owned() } else { told.join("+") };
            if told != file.answer {
                refusals.push(Refusal::new(*name, *line, std::format!("this is told as {told}: {sentence}")));
            }
        }
    }
    refusals
}
