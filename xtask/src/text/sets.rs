//! The sets of labelled texts: where each lies in the folder, what its labels mean here, and under which licence.
//!
//! What it deliberately does not do: decide what is learned from which; the recipe does.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context, Result};

use super::civil;
use super::labelled::{FILE, Labelled, file_of, records};

/// What is known of a set.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// Its name here.
    pub name: &'static str,
    /// The file in the folder, without `.xz`.
    pub file: &'static str,
    /// The licence as its publishers state it.
    pub licence: &'static str,
    /// Who made it.
    pub cite: &'static str,
    read: fn(&'static str, &str) -> Vec<Labelled>,
}

/// All sets. Those of `Research` are for measuring alone.
pub const SETS: &[Known] = &[
    known(
        "webis-posts",
        "dev/clickbait_webis_posts.tsv",
        "CC BY 4.0",
        "Potthast et al. 2018 (Webis Clickbait 17)",
        graded,
    ),
    known("webis-titles", "dev/clickbait_webis_titles.tsv", "CC BY 4.0", "the same, titles of the articles", classed),
    known("webis-pilot", "dev/clickbait_webis_small.tsv", "CC BY 4.0", "Potthast et al. 2016", classed),
    known("chakraborty", "dev/clickbait_chakraborty.tsv", "MIT", "Chakraborty et al. 2016", classed),
    known("youtube", "dev/clickbait_youtube_channels.tsv", "MIT", "vierti, titles by channel", classed),
    known("ta1c", "dev/clickbait_es_train.tsv", "CC BY 4.0", "TA1C 2022, Spanish", classed),
    known("davidson", "dev/toxic_davidson.tsv", "MIT", "Davidson et al. 2017", davidson),
    known("civil", "toxic_spans_civil.tar", "CC0", "Pavlopoulos et al. 2021 (SemEval-2021 task 5)", civil::comments),
    known(
        "civil-sentences",
        "toxic_spans_civil.tar",
        "CC0",
        "the same, by the words that readers marked",
        civil::sentences,
    ),
    known("goemotions", "dev/emotion_goemotions.tsv", "Apache-2.0", "Demszky et al. 2020", emotions),
    known("sms", "promo_sms_spam.tar", "CC BY 4.0", "Almeida et al. 2011 (UCI)", messages),
    known("germeval", "toxic_de_germeval18.tar", "CC BY 4.0", "Wiegand et al. 2018", germeval),
    known("olid", "dev/toxic_olid.tsv", "Research", "Zampieri et al. 2019", classed),
    known("tweets-emoji", "dev/ordinary_posts.tsv", "Research", "Barbieri et al. 2020 (TweetEval)", tweets_emoji),
    known("topic-headlines", "dev/topic_headlines.tsv", "not stated", "Vitale et al. 2012 (TagMyNews)", topics),
    known("topic-tweets", "dev/topic_tweets_early.tsv", "Research", "Antypas et al. 2022 (TweetTopic)", topics),
    known(
        "tweets-sentiment",
        "dev/ordinary_posts.tsv",
        "Research",
        "Barbieri et al. 2020 (TweetEval)",
        tweets_sentiment,
    ),
];

type Reading = fn(&'static str, &str) -> Vec<Labelled>;

const fn known(
    name: &'static str,
    file: &'static str,
    licence: &'static str,
    cite: &'static str,
    read: Reading,
) -> Known {
    Known { name, file, licence, cite, read }
}

/// All texts that a folder holds, by set.
#[derive(Debug, Default)]
pub struct Texts {
    /// The sets that are there.
    pub sets: BTreeMap<&'static str, Vec<Labelled>>,
}

impl Texts {
    /// Reads every set of the folder but those that are left out.
    ///
    /// # Errors
    /// If a file is there and cannot be read.
    pub fn read(folder: &Path, without: &[String]) -> Result<Texts> {
        let mut texts = Texts::default();
        for known in SETS.iter().filter(|known| !without.iter().any(|name| name == known.name)) {
            match text_of(folder, known.file)? {
                Some(text) => {
                    texts.sets.insert(known.name, (known.read)(known.name, &text));
                }
                None => println!("{} is not there: {}", known.name, known.file),
            }
        }
        Ok(texts)
    }

    /// The texts of a set; none if it is not there.
    pub fn of(&self, set: &str) -> &[Labelled] {
        self.sets.get(set).map_or(&[], Vec::as_slice)
    }
}

/// The text of a file that may be packed; of an archive, the files that are read of it, one after another.
fn text_of(folder: &Path, name: &str) -> Result<Option<String>> {
    let (plain, packed) = (folder.join(name), folder.join(format!("{name}.xz")));
    let mut bytes = Vec::new();
    if plain.is_file() {
        bytes = fs::read(&plain)?;
    } else if packed.is_file() {
        let file = fs::File::open(&packed)?;
        let mut reader = lzma_rust2::XzReader::new(std::io::BufReader::new(file), true);
        reader.read_to_end(&mut bytes).with_context(|| format!("cannot unpack {}", packed.display()))?;
    } else {
        return Ok(None);
    }
    if !name.ends_with(".tar") {
        return Ok(Some(String::from_utf8_lossy(&bytes).into_owned()));
    }
    let mut all = String::new();
    for entry in tar::Archive::new(&bytes[..]).entries()? {
        let mut entry = entry?;
        let name = entry.path()?.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut inside = Vec::new();
        entry.read_to_end(&mut inside)?;
        // A sign that no text holds parts the files.
        all.push_str(&format!("{FILE}{name}\n{}", String::from_utf8_lossy(&inside)));
    }
    Ok(Some(all))
}

/// The columns of ready splits: label, source, extra, text.
fn rows(text: &str) -> impl Iterator<Item = (&str, &str, &str, &str)> {
    text.lines().skip(1).filter_map(|line| {
        let mut columns = line.splitn(4, '\t');
        Some((columns.next()?, columns.next()?, columns.next()?, columns.next()?))
    })
}

fn classed(set: &'static str, text: &str) -> Vec<Labelled> {
    let made = |(label, _, _, text): (&str, &str, &str, &str)| {
        Labelled::new(set, text, f32::from(u8::from(label == "1")), label == "1")
    };
    rows(text).map(made).collect()
}

/// The mean of five judges.
fn graded(set: &'static str, text: &str) -> Vec<Labelled> {
    let made = |(label, _, extra, text): (&str, &str, &str, &str)| {
        Some(Labelled::new(set, text, extra.parse().ok()?, label == "1"))
    };
    rows(text).filter_map(made).collect()
}

/// Class 0 is called hate there, 1 offensive, 2 neither.
fn davidson(set: &'static str, text: &str) -> Vec<Labelled> {
    let grade = |class: &str| match class {
        "0" => 0.95,
        "1" => 0.9,
        _ => 0.03,
    };
    rows(text).map(|(_, _, class, text)| Labelled::new(set, text, grade(class), class != "2")).collect()
}

/// Anger and its neighbours are graded by how sure they are to be heard as heated; of all else little is.
fn emotions(set: &'static str, text: &str) -> Vec<Labelled> {
    let grade = |label: &str| {
        let has = |wanted: &str| label.split(',').any(|one| one == wanted);
        match (has("anger"), has("annoyance"), has("disgust"), has("disapproval")) {
            (true, true, _, _) => 0.6,
            (true, ..) => 0.5,
            (_, _, true, _) | (_, true, ..) => 0.25,
            (_, _, _, true) => 0.1,
            _ => 0.02,
        }
    };
    let made = |(label, _, _, text): (&str, &str, &str, &str)| {
        Labelled::new(set, text, grade(label), ["anger", "annoyance", "disgust"].iter().any(|hot| label.contains(hot)))
    };
    rows(text).map(made).collect()
}

fn messages(set: &'static str, archive: &str) -> Vec<Labelled> {
    let rows = records(file_of(archive, "spam.csv")).into_iter();
    rows.filter_map(|row| Some(Labelled::new(set, row.get(1)?, 0.0, row.first()? == "spam"))).collect()
}

fn germeval(set: &'static str, archive: &str) -> Vec<Labelled> {
    let lines = file_of(archive, "germeval2018.training.txt").lines();
    let made = lines.filter_map(|line| line.split_once('\t'));
    made.map(|(text, label)| Labelled::new(set, text, 0.0, label.starts_with("OFFENSE"))).collect()
}

fn topics(set: &'static str, text: &str) -> Vec<Labelled> {
    let made = |(label, _, _, text): (&str, &str, &str, &str)| Labelled {
        label: label.to_owned(),
        ..Labelled::new(set, text, 0.0, false)
    };
    rows(text).map(made).collect()
}

fn tweets_emoji(set: &'static str, text: &str) -> Vec<Labelled> {
    tweets(set, text, "tweeteval-emoji")
}

fn tweets_sentiment(set: &'static str, text: &str) -> Vec<Labelled> {
    tweets(set, text, "tweeteval-sentiment")
}

fn tweets(set: &'static str, text: &str, wanted: &str) -> Vec<Labelled> {
    let wanted = rows(text).filter(|(_, source, _, _)| *source == wanted);
    wanted.map(|(_, _, _, text)| Labelled::new(set, text, 0.0, false)).collect()
}
