import type { Sink } from './sink.ts';

/**
 * ASCII replacements for our own signs, for a terminal that supports only ASCII. Each has one column, so that
 * a screen keeps its layout.
 */
const signs: Readonly<Record<string, string>> = {
  '›': '>',
  '·': '-',
  '•': '*',
  '│': '|',
  '─': '-',
  '◉': '*',
  '◯': 'o',
  '●': '*',
  '○': 'o',
  '█': '#',
  '→': '>',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '–': '-',
  '—': '-',
  '\u00a0': ' ',
};
const signPattern = new RegExp(`[${Object.keys(signs).join('')}…]`, 'g');

/**
 * Returns true if the locale's charset is ASCII, or another one than UTF-8. If no locale is set, assumes
 * UTF-8, today's default.
 */
export function isAsciiLocale(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  const charset = /\.([^@]*)/.exec(locale)?.[1];
  return /^(?:C|POSIX)$/i.test(locale) || (charset !== undefined && !/^utf-?8$/i.test(charset));
}

/**
 * Wraps a terminal's stream so that our signs are written in ASCII. The person's own letters stay as they
 * are: replacements would change their words. `…` becomes `~` where the screen is redrawn in place
 * (`isDrawnOver`), else three dots.
 */
export function openAsciiSink<S extends Sink>(
  stream: S,
  { isDrawnOver }: { readonly isDrawnOver: boolean },
): S {
  const cutMark = isDrawnOver ? '~' : '...';
  const write: Sink['write'] = (text, done) => {
    return stream.write(
      typeof text === 'string' ? text.replace(signPattern, sign => signs[sign] ?? cutMark) : text,
      done,
    );
  };
  return new Proxy(stream, {
    get: (target, name) => {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
