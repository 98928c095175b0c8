import { openOutput } from '../../src/terminal/output/output.ts';
import { plainStyle } from '../../src/terminal/output/styles.ts';

/**
 * A program that writes as many megabytes as its argument says, in lines, and says on standard error how that
 * ended.
 */
const out = openOutput({
  stream: process.stdout,
  isTerminal: false,
  columns: undefined,
  style: plainStyle,
  onBroken: () => process.stderr.write('broken\n'),
  onFailed: cause => {
    process.stderr.write(`failed ${cause.message}\n`);
    process.exitCode = 1;
  },
});
const line = 'x'.repeat(1023);
for (let count = 0; count < Number(process.argv[2]) * 1024; count += 1) out.line(line);
await out.done();
