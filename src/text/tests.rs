//! What folding must make of texts, as rows: text, then its words with their marks.
//!
//! A disguise that people were seen to use belongs here as a row, with what it stands for.

use super::*;
use proptest::prelude::*;

/// The folded words, those of other marks in brackets behind them.
fn fold(text: &str) -> String {
    let folded = Folded::of(text);
    let words: Vec<&str> = folded.tokens().iter().map(|t| folded.word(t)).collect();
    words.join(" ")
}

fn marked(text: &str, marks: Marks) -> String {
    let folded = Folded::of(text);
    let words: Vec<&str> = folded.tokens().iter().filter(|t| t.marks.has(marks)).map(|t| folded.word(t)).collect();
    words.join(" ")
}

#[test]
fn disguises_fall() {
    for (text, words) in [
        ("Tag a FRIEND", "tag a friend"),
        ("Ｔａｇ　ａ friend", "tag a friend"),
        ("𝐓𝐚𝐠 𝓪 𝕗𝕣𝕚𝕖𝕟𝕕 𝟚", "tag a friend 2"),
        ("ⓉⒶⒼ 🅣🅐🅖 🆃🅰🅶 ᴛᴀɢ ℒℴ", "tag tag tag tag lo"),
        ("ﬁnd the oﬀer", "find the offer"),
        ("t\u{200b}a\u{200d}g \u{202e}a\u{202c} fri\u{ad}end", "tag a friend"),
        ("ѕhаrе thіs", "share this"),
        ("sh4re l1ke c0mment t@g $hare", "share like comment tag share"),
        ("covid19 b4 2nd 4th 100 1,000", "covid19 b4 2nd 4th 100 1 000"),
        ("T A G a friend", "tag a friend"),
        ("T A G  a friend", "tag a friend"),
        ("S.H.A.R.E this", "share this"),
        ("plan A or B", "plan a or b"),
        ("don't don’t don´t", "dont dont dont"),
        ("who's d'accord l’ami", "whos daccord lami"),
        ("scho\u{308}n schön tágs", "schön schön tágs"),
        ("t\u{334}a\u{336}g\u{353}", "tag"),
        ("#TagAFriend #RTIf #top10list #like_if", "tag a friend rt if top 10 list like if"),
        ("❤️ for A 👍🏽 for B ❤️‍🔥 👨‍👩‍👧 🇩🇪!", "❤ for a 👍 for b ❤ 👨 🇩"),
        ("1️⃣ or 2️⃣", "1 or 2"),
        ("i <3 it", "i ❤ it"),
        ("pleeeease shareee", "please share"),
        ("see https://share.example/like?x=1 @user_1 ok", "see / @ ok"),
        ("Поделись с друзьями", "поделись с друзьями"),
        ("シェアして", "シ ェ ア し て"),
        ("ＲＴで拡散！10人に。", "rt で 拡 散 10 人 に"),
        ("ARKADAŞINI etiketle, İYİ ıssız", "arkadaşini etiketle iyi issiz"),
        ("أَصدِقاءَك شـــارِك المنشور إلى الفتاة على", "اصدقاءك شارك المنشور الي الفتاه علي"),
        ("#شارك_المنشور", "شارك المنشور"),
        ("ज़रूर बढ़ा पढ\u{93c}ना हाँ हां कीजिए।", "जरूर बढा पढना हां हां कीजिए"),
        ("пооооделись ааа ещё якій", "поделись а ещё якій"),
        ("like/share double-tap", "like share double tap"),
        ("", ""),
        ("\u{301}\u{200b}…", ""),
    ] {
        assert_eq!(fold(text), words, "folding {text:?}");
    }
}

#[test]
fn marks_are_set_where_they_belong() {
    assert_eq!(marked("One two. Three four\nfive! Six... seven", Marks::BREAK), "one three five six");
    assert_eq!(marked("Six... seven: eight - nine", Marks::PAUSE), "seven eight nine");
    assert_eq!(marked("comment YES or A", Marks::CAPITALS), "yes");
    assert_eq!(marked("comment YES or A", Marks::LETTER), "a");
    assert_eq!(marked("those \"tag a friend\" posts", Marks::QUOTED), "tag a friend");
    assert_eq!(marked("those 'don't share' posts", Marks::QUOTED), "dont share");
    assert_eq!(marked("「拡散」と「あ", Marks::QUOTED), "拡 散");
    assert_eq!(marked("【拡散希望】猫 ※転載", Marks::PAUSE), "拡 猫 転");
    assert_eq!(marked("„Teile das“ «partage» “open", Marks::QUOTED), "teile das partage");
    assert_eq!(marked("the '90s and the '80s", Marks::QUOTED), "");
    // Letters parted by dots are joined to one word, whose first had already opened a quotation.
    assert_eq!(marked("シ.ß.é\"ﬁ'", Marks::QUOTED), "");
    assert_eq!(marked("#TagAFriend now", Marks::HASHTAG), "tag a friend");
    assert_eq!(marked("with me? 👇", Marks::ASKED), "👇");
}

#[test]
fn spans_lead_back_to_the_original() {
    let text = "Schön! 👍🏽 𝐓𝐚𝐠 it";
    let folded = Folded::of(text);
    let quotes: Vec<&str> = folded.tokens().iter().map(|t| &text[t.from as usize..t.to as usize]).collect();
    assert_eq!(quotes, ["Schön", "👍🏽", "𝐓𝐚𝐠", "it"]);
    let bold = &folded.tokens()[2];
    assert_eq!((scalars_before(text, bold.from as usize), scalars_before(text, bold.to as usize)), (10, 13));
}

#[test]
fn a_megabyte_of_anything_is_read_in_one_pass() {
    for piece in
        ["a", "a ", "A b ", "e\u{301}", "\u{301}", "\"x ", "#Aa", "👍\u{200d}", "@", "а1b", "\u{200b}", "h", "aaa"]
    {
        let text = piece.repeat((1 << 20) / piece.len());
        check_spans(&text);
    }
}

/// The laws of spans: ordered, whole characters, inside the text.
fn check_spans(text: &str) {
    let folded = Folded::of(text);
    let mut last = 0;
    for token in folded.tokens() {
        let (from, to) = (token.from as usize, token.to as usize);
        assert!(last <= from && from < to && to <= text.len(), "{from}..{to} after {last} in {text:?}");
        assert!(text.is_char_boundary(from) && text.is_char_boundary(to), "{from}..{to} in {text:?}");
        assert_eq!(token.hash, hash_of(folded.word(token).as_bytes()));
        last = to;
    }
}

proptest! {
    #[test]
    fn any_text_folds(text in "\\PC*") {
        check_spans(&text);
    }

    #[test]
    fn any_mix_of_tricky_characters_folds(parts in prop::collection::vec(prop::sample::select(vec![
        "a", "B", " ", "  ", "'", "\"", "“", "”", "@", "#", "$", "<3", "1", "é", "e\u{301}", "\u{308}", "а", "ﬁ", "𝐓", "👍", "🏽",
        "\u{200d}", "\u{fe0f}", "\u{202e}", "🇩", "http://", "www.", ".", "?", "\n", "_", "シ", "İ", "ß", "ก", "็", "aaa", "\u{20e3}",
    ]), 0..40)) {
        check_spans(&parts.concat());
    }
}
