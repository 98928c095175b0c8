/** Why a text is not valid JSON: it is cut off, or broken at a line (from 1). */
export interface JsonFault {
  readonly is: 'cut' | 'broken';
  readonly line: number;
}

type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'nothing';

const scalar = /(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
const scalarSigns = /[\w.+-]*/y;

/**
 * Checks a text and returns what is wrong with it, or undefined if it is valid JSON. (Engine errors give no
 * line, or quote the text.)
 */
export function jsonFault(text: string): JsonFault | undefined {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = 0;
  const afterValue = (): Expected => (open.length === 0 ? 'nothing' : 'comma or end');
  const cut = (): JsonFault => ({ is: 'cut', line: text.trimEnd().split('\n').length });
  for (;;) {
    while (at < text.length && ' \t\r\n'.includes(text[at] ?? '')) at++;
    const sign = text[at];
    if (sign === undefined) return expected === 'nothing' ? undefined : cut();
    const mayEnd: boolean = expected.endsWith('end');
    if (sign === '"' && (expected.startsWith('value') || expected.startsWith('key'))) {
      const end = stringEnd(text, at);
      if (end === undefined) return cut();
      at = end;
      expected = expected.startsWith('key') ? 'colon' : afterValue();
    } else if ((sign === '{' || sign === '[') && expected.startsWith('value')) {
      open.push(sign);
      at++;
      expected = sign === '{' ? 'key or end' : 'value or end';
    } else if ((sign === '}' || sign === ']') && mayEnd && open.at(-1) === (sign === '}' ? '{' : '[')) {
      open.pop();
      at++;
      expected = afterValue();
    } else if (sign === ',' && expected === 'comma or end') {
      at++;
      expected = open.at(-1) === '{' ? 'key' : 'value';
    } else if (sign === ':' && expected === 'colon') {
      at++;
      expected = 'value';
    } else {
      const end = expected.startsWith('value') ? scalarEnd(text, at) : undefined;
      if (end === undefined) return { is: 'broken', line: text.slice(0, at).split('\n').length };
      if (end === 'cut') return cut();
      at = end;
      expected = afterValue();
    }
  }
}

/** Returns the offset after the closing quote, or undefined if there is none. */
function stringEnd(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === 92) at++;
    else if (sign === 34) return at + 1;
  }
  return undefined;
}

function scalarEnd(text: string, start: number): number | 'cut' | undefined {
  scalar.lastIndex = start;
  if (scalar.test(text)) return scalar.lastIndex;
  scalarSigns.lastIndex = start;
  scalarSigns.test(text);
  const isWord = scalarSigns.lastIndex > start;
  return isWord && scalarSigns.lastIndex === text.length ? 'cut' : undefined;
}
