Documentation.addTranslations({
    "locale": "da",
    "messages": {
        "Hide Search Matches": "Skjul de fundne ord",
        "Preparing search...": "Gør klar til at søge …",
        "Search": "Søg",
        "Search Results": "Søgeresultater",
        "Search finished, found ${resultCount} page(s) matching the search query.": "Antal sider fundet: ${resultCount}",
        "Searching": "Søger",
        "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.": "Ingen sider i denne bog passer til søgningen. Prøv med færre eller andre ord.",
        ", in ": ", i "
    },
    "plural_expr": "(n != 1)"
});
