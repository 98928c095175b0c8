// Letters and marks of which each is one column wide: what nearly every line of ours is made of. None of them
// is an emoji, and none joins the one before.
const narrow =
  /^[ -~\u00a0-\u024f\u2010-\u2015\u2018-\u201e\u2022\u2026\u2039\u203a\u2190-\u2193\u2500-\u257f\u2580-\u259f\u25cf\u25cb\u276f]*$/;
const style = /\u001b\[[\d;]*m/g;

/**
 * The columns that a text takes on a terminal, colours left out; undefined where another letter is in it.
 * What knows those all takes longer to make than a page takes to show.
 */
export function narrowWidth(text: string): number | undefined {
  const bare = text.includes('\u001b') ? text.replace(style, '') : text;
  return narrow.test(bare) ? bare.length : undefined;
}
