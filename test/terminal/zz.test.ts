import { test } from 'vitest';
import { Marked } from 'marked'; import { markedTerminal } from 'marked-terminal';
test('x', () => {
  const same=(s:string)=>s;
  for (const o of [{tab:2},{tab:2,blockquote:same},{tab:2,blockquote:same,paragraph:same,emoji:false,width:60}]) console.log(JSON.stringify(new Marked(markedTerminal(o), {walkTokens(t){ if (t.type==='list_item') t['task']=false; }}).parse('1. x\n\n> quoted\n> more\n\na')));
});
