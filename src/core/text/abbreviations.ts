/**
 * Common abbreviations, in lower case, of several languages, since a title may be in any. Words without a
 * vowel (`Dr`, `vs`, `bzw`) are recognised without this list.
 */
const known = new Set(
  (
    'prof rev hon gov sen rep gen col capt maj sgt supt insp asst assoc messrs mt ft ave apt dept univ inc corp bros ' +
    'approx esp etc incl excl resp misc orig al ca cca circa ext vol ed eds ' +
    'sec min mins hrs tel ' +
    'evtl ggf inkl exkl sog bspw vgl usw str dipl mag ing med psych phil allg ' +
    'mme mlle env ' +
    'sra srta dra ud uds pág núm ' +
    'sig dott prof.ssa dott.ssa ecc ' +
    'dhr mevr drs bijv enz evt ' +
    'inż itd itp'
  ).split(' '),
);

/** Abbreviations of months, weekdays and “number”, which count only before a number. */
const beforeNumbers = new Set(
  'no nos nr núm art fig ch pp jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun'.split(
    ' ',
  ),
);

const letters = /^\p{L}+$/u;
const consonants = /^[bcdfghjklmnpqrstvwxz]{2,5}$/i;
const dotted = /^[\p{L}-]{1,3}(?:\.[\p{L}-]{1,3})+$/u;

/**
 * Whether a word before a full stop is an abbreviation or an initial: `Dr`, `M`, `p.m`, `etc`. `word` comes
 * without the full stop; `next` is the text after it.
 */
export function isAbbreviation(word: string, next: string): boolean {
  const lower = word.toLowerCase();
  if (lower === 'i' || lower === 'я') return false;
  if ([...word].length === 1) return letters.test(word);
  if (consonants.test(word) && word !== word.toUpperCase()) return true;
  if (/^\d/.test(next) && beforeNumbers.has(lower)) return true;
  return known.has(lower) || dotted.test(word);
}
