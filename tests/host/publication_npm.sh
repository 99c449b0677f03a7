# Readers from npm: jsonld expands dcat.jsonld without the network, datapackage reads the published rows.
set -eu
command -v node >/dev/null || {
  echo 'skipped: there is no node here'
  exit 77
}
node -e 'require("jsonld"); require("datapackage")' 2>/dev/null || {
  echo 'skipped: node lacks jsonld or datapackage (npm install jsonld datapackage, then NODE_PATH)'
  exit 77
}
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
cd "$here"
bash -e -c '. "$SOURCE/tests/cli/publish.inc"; make_office; approve drzewa; mark; publish > /dev/null'
node -e '
  const jsonld = require("jsonld"), { Package } = require("datapackage");
  const document = JSON.parse(require("fs").readFileSync("www/dcat.jsonld"));
  const offline = (url) => { throw new Error("asks for " + url); };
  (async () => {
    const nodes = await jsonld.expand(document, { documentLoader: offline });
    const is = (kind) => nodes.filter((n) => n["@type"].includes("http://www.w3.org/ns/dcat#" + kind));
    const counts = ["Catalog", "Dataset", "Distribution"].map((kind) => is(kind).length);
    const access = is("Distribution").map((n) => n["http://www.w3.org/ns/dcat#accessURL"][0]["@id"]);
    const quads = (await jsonld.toRDF(document, { format: "application/n-quads", documentLoader: offline }));
    if (counts.join() !== "1,1,2" || !access[0].startsWith("https://dane.example.pl/") ||
        !quads.includes("<http://purl.org/dc/terms/publisher>")) {
      console.log({ counts, access });
      process.exit(1);
    }
    const data = await Package.load("www/drzewa/datapackage.json", { basePath: "www/drzewa" });
    if (!data.valid) { console.log(data.errors.map(String)); process.exit(1); }
    const rows = await data.getResource("drzewa").read({ keyed: true });
    const second = await data.getResource("gatunki").read();
    if (rows.length !== 3 || rows[1].obwod_cm !== 310 || rows[1].gatunek !== "dąb szypułkowy" ||
        second.length !== 3) {
      console.log(rows, second);
      process.exit(1);
    }
  })().catch((error) => { console.log(String(error), error.errors); process.exit(1); });'
