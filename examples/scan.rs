use plainsight::feed::signals::*;
use std::io::*;
fn main() {
    let mut fs: Vec<(String, String)> = std::fs::read_dir("data/signals")
        .unwrap()
        .map(|e| {
            let e = e.unwrap();
            (e.file_name().to_string_lossy().into_owned(), std::fs::read_to_string(e.path()).unwrap())
        })
        .collect();
    fs.sort();
    let b: Vec<(&str, &str)> = fs.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let (bytes, r) = compile(&b);
    for x in r {
        eprintln!("{x}");
    }
    eprintln!("section {} bytes", bytes.len());
    std::fs::write("/tmp/section.bin", &bytes).unwrap();
    let s = Signals::open(&bytes).unwrap();
    let col: usize = std::env::args().nth(1).unwrap().parse().unwrap();
    let mut t = String::new();
    let mut raw = vec![];
    stdin().read_to_end(&mut raw).unwrap();
    t.push_str(&String::from_utf8_lossy(&raw));
    let rows: Vec<&str> = t.lines().skip(1).map(|l| l.splitn(col + 1, '\t').last().unwrap_or("")).collect();
    let at = std::time::Instant::now();
    let mut n = 0;
    let mut chars = 0;
    for l in &rows {
        n += s.read(l).len();
        chars += l.len();
    }
    let d = at.elapsed();
    eprintln!(
        "{} rows, {} flags, {:.0} ns/item, {:.0} bytes/item",
        rows.len(),
        n,
        d.as_nanos() as f64 / rows.len() as f64,
        chars as f64 / rows.len() as f64
    );
    for l in &rows {
        for e in s.read(l) {
            println!(
                "{:?}\t{:.2}\t{}\t{}\t{}",
                e.kind,
                e.strength,
                e.rule.trim_start_matches("signals/"),
                e.quote,
                l.chars().take(330).collect::<String>()
            );
        }
    }
}
