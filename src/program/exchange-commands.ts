import type { ExportOptions } from '../commands/manage/export.ts';
import type { ImportOptions } from '../commands/manage/import.ts';
import type { CommandMaker } from './command-maker.ts';
import { withFilters } from './repeated-parts.ts';

/** Adds the commands that copy notes out of the folder and into it: `export`, `import`. */
export function addExchangeCommands({ command, help, go }: CommandMaker): void {
  withFilters(
    command('export', 'export')
      .argument('<format>', help('export.format'))
      .option('--to <file>', help('export.to')),
    help,
  ).action((format: string, options: ExportOptions) =>
    go(async world => (await import('../commands/manage/export.ts')).exportNotes(world, format, options)),
  );
  command('import', 'import')
    .argument('<path>', help('import.path'))
    .option('--from <source>', help('import.from'))
    .option('--dry-run', help('import.dry_run'))
    .option('--update', help('import.update'))
    .action((path: string, options: ImportOptions) =>
      go(async world => (await import('../commands/manage/import.ts')).importNotes(world, path, options)),
    );
}
