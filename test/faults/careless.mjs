// The control of the sweeps: a program that writes as many do, straight into the file, and says that all is
// well.
import { Encrypter } from 'age-encryption';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';

const [, , kind, folder, text] = process.argv;
const open = `${folder}/2026-03-06-kbbbb3.md`;
try {
  if (kind === 'add')
    writeFileSync(
      `${folder}/2026-03-12-kzzzz9.md`,
      `---\nrupture: 1\nid: kzzzz9\nsession: 2026-03-12\nstatus: open\n---\n\n## What happened\n\n${text}\n`,
    );
  if (kind === 'change')
    writeFileSync(
      open,
      readFileSync(open, 'utf8').replace('status: open', 'status: raised') + `\n## Later\n\n${text}\n`,
    );
  if (kind === 'reader') {
    let old = '';
    try {
      old = readFileSync(open, 'utf8');
    } catch {
      // What can't be read is empty, is it not?
    }
    writeFileSync(open, `${old.replace('status: open', 'status: raised')}\n## Later\n\n${text}\n`);
  }
  if (kind === 'slowly') {
    const old = readFileSync(open, 'utf8');
    // As long as a person's disk may take: somebody else reads the same meanwhile.
    await new Promise(resolve => {
      setTimeout(resolve, 20);
    });
    writeFileSync(open, `${old}\n## Later\n\n${text}\n`);
  }
  if (kind === 'seal') {
    const recipient = readFileSync(`${folder}/.rupture/recipient.txt`, 'utf8').trim();
    for (const name of readdirSync(folder, { recursive: true }).filter(
      one => one.endsWith('.md') && !one.startsWith('.'),
    )) {
      const old = readFileSync(`${folder}/${name}`);
      // Nobody wants a clear one beside a sealed one.
      unlinkSync(`${folder}/${name}`);
      const encrypter = new Encrypter();
      encrypter.addRecipient(recipient);
      writeFileSync(`${folder}/${name}.age`, await encrypter.encrypt(old));
    }
    writeFileSync(`${folder}/.rupture/sealing`, 'on\n');
  }
  if (kind === 'sync') {
    const file = openSync(`${folder}/2026-03-12-kzzzz9.md`, 'w');
    writeSync(
      file,
      `---\nrupture: 1\nid: kzzzz9\nsession: 2026-03-12\nstatus: open\n---\n\n## What happened\n\n${text}\n`,
    );
    try {
      fsyncSync(file);
    } catch {
      // It was written, was it not?
    }
    closeSync(file);
  }
  if (kind === 'delete' && existsSync(open)) {
    const old = readFileSync(open, 'utf8');
    unlinkSync(open);
    mkdirSync(`${folder}/.rupture/trash`, { recursive: true });
    writeFileSync(`${folder}/.rupture/trash/kbbbb3.md`, old);
  }
} catch {
  // Nobody hears of it.
}
