//! What the popup says of companies: what they are asked for, and how serious that is.
//!
//! It does not hold which companies there are; `tests/companies.rs` does.

use super::*;

#[test]
fn a_company_is_said_to_do_what_it_is_asked_for_here() {
    let told = |hosts: &[&str]| {
        let mut background = fresh();
        background.saw(&batch(&[page(1, "1", "https://news.example/")]));
        for (id, host) in ["2", "3", "4"].iter().zip(hosts) {
            background.saw(&batch(&[start(1, id, &format!("https://{host}/x"))]));
        }
        let report = background.tab(1, "https://news.example/", NOW);
        let said = |c: &CompanyReport| {
            let hosts: Vec<&str> = c.hosts.iter().map(|host| host.says.as_str()).collect();
            format!("{} [{}]", c.says, hosts.join("|"))
        };
        report.companies.iter().map(said).collect::<Vec<_>>().join(", ")
    };
    // One part of the company: what that part does, said once.
    assert_eq!(told(&["ad.example", "bid.example"]), "Sells what it hears. [|]");
    assert_eq!(told(&["type.example"]), "Delivers typefaces. []");
    // Several: what the whole does, and at each host its own.
    assert_eq!(told(&["ad.example", "type.example"]), "Does many things. [Sells what it hears.|Delivers typefaces.]");
    // Nobody has written a sentence.
    assert_eq!(told(&["cdn.example"]), " []");
    // Over days no hosts are kept.
    let mut background = fresh();
    background.saw(&batch(&visit(9)));
    let says: Vec<_> = background.site("news.example").companies.into_iter().map(|c| c.says).collect();
    assert_eq!(says, ["Does many things.", ""]);
}

#[test]
fn a_companys_purpose_is_the_most_serious_of_what_is_asked_for_here_in_whatever_order() {
    let told = |hosts: &[&str]| {
        let mut background = fresh();
        background.saw(&batch(&[page(1, "1", "https://news.example/")]));
        for (id, host) in ["2", "3", "4", "5"].iter().zip(hosts) {
            background.saw(&batch(&[start(1, id, &format!("https://{host}/x"))]));
        }
        let report = background.tab(1, "https://news.example/", NOW);
        report.companies.iter().map(|c| c.purpose.as_str()).collect::<Vec<_>>().join(", ")
    };
    let (ad, bid, cdn) = ("ad.example", "bid.example", "type.example");
    for hosts in [[ad, bid, cdn], [ad, cdn, bid], [bid, ad, cdn], [bid, cdn, ad], [cdn, ad, bid], [cdn, bid, ad]] {
        assert_eq!(told(&hosts), "ads", "{hosts:?}");
    }
    assert_eq!(told(&[cdn, bid, cdn, cdn]), "analytics");
    assert_eq!(told(&[cdn]), "cdn");
    assert_eq!(told(&["cdn.example"]), "");
}

#[test]
fn every_purpose_has_its_place_among_the_serious_ones() {
    let word = |purpose: &Purpose| serde_json::to_value(purpose).ok()?.as_str().map(str::to_owned);
    let mut words: Vec<String> = Purpose::ALL.iter().filter_map(word).collect();
    let mut placed = report::SERIOUS.to_vec();
    words.sort();
    placed.sort_unstable();
    assert_eq!(words, placed);
}
