import type { DoctorOptions } from '../commands/manage/doctor.ts';
import type { CommandMaker } from './command-maker.ts';

/** Adds the commands for the whole folder and for settings: `doctor`, `encrypt`, `templates`, `config`. */
export function addFolderCommands(maker: CommandMaker): void {
  const { command, help, go } = maker;
  command('doctor', 'doctor')
    .option('--fix', help('doctor.fix'))
    .option('--format <format>', help('doctor.format'))
    .action((options: DoctorOptions) =>
      go(async world => (await import('../commands/manage/doctor.ts')).doctor(world, options)),
    );
  addEncrypt(maker);
  addTemplates(maker);
  addConfig(maker);
}

function addTemplates(maker: CommandMaker): void {
  const { command, subcommand, help, go } = maker;
  const templates = command('templates', 'templates');
  const verbs = () => import('../commands/manage/templates.ts');
  templates.helpCommand(false).action(() => go(async world => (await verbs()).templatesList(world)));
  subcommand(templates, 'list', help('templates.list')).action(() =>
    go(async world => (await verbs()).templatesList(world)),
  );
  subcommand(templates, 'show', help('templates.show'))
    .argument('<name>', help('templates.name'))
    .action((name: string) => go(async world => (await verbs()).templatesShow(world, name)));
  subcommand(templates, 'new', help('templates.new'))
    .argument('<name>', help('templates.new_name'))
    .action((name: string) => go(async world => (await verbs()).templatesNew(world, name)));
  subcommand(templates, 'check', help('templates.check'))
    .argument('<name>', help('templates.checked'))
    .action((name: string) => go(async world => (await verbs()).templatesCheck(world, name)));
}

function addEncrypt(maker: CommandMaker): void {
  const { command, subcommand, help, go } = maker;
  const encrypt = command('encrypt', 'encrypt');
  const verbs = () => import('../commands/manage/encrypt.ts');
  const statusVerbs = () => import('../commands/manage/encrypt-status.ts');
  encrypt.helpCommand(false);
  subcommand(encrypt, 'on', help('encrypt.on')).action(() =>
    go(async world => (await verbs()).encryptOn(world)),
  );
  subcommand(encrypt, 'off', help('encrypt.off'))
    .option('--yes', help('yes'))
    .action((options: { readonly yes?: boolean }) =>
      go(async world => (await verbs()).encryptOff(world, options)),
    );
  subcommand(encrypt, 'status', help('encrypt.status')).action(() =>
    go(async world => (await statusVerbs()).encryptStatus(world)),
  );
  subcommand(encrypt, 'passphrase', help('encrypt.passphrase')).action(() =>
    go(async world => (await verbs()).encryptPassphrase(world)),
  );
  subcommand(encrypt, 'rotate', help('encrypt.rotate')).action(() =>
    go(async world => (await verbs()).encryptRotate(world)),
  );
  subcommand(encrypt, 'trust', help('encrypt.trust')).action(() =>
    go(async world => (await statusVerbs()).encryptTrust(world)),
  );
  encrypt.action(() => go(async world => (await statusVerbs()).encryptStatus(world)));
}

function addConfig(maker: CommandMaker): void {
  const { command, subcommand, help, go } = maker;
  const config = command('config', 'config');
  const verbs = () => import('../commands/manage/config.ts');
  config.helpCommand(false);
  subcommand(config, 'list', help('config.list')).action(() =>
    go(async world => (await verbs()).configList(world)),
  );
  subcommand(config, 'get', help('config.get'))
    .argument('<key>', help('config.key'))
    .action((key: string) => go(async world => (await verbs()).configGet(world, key)));
  subcommand(config, 'set', help('config.set'))
    .argument('<key>', help('config.key'))
    .argument('<value>', help('config.value'))
    .action((key: string, value: string) => go(async world => (await verbs()).configSet(world, key, value)));
  subcommand(config, 'unset', help('config.unset'))
    .argument('<key>', help('config.key'))
    .action((key: string) => go(async world => (await verbs()).configUnset(world, key)));
  subcommand(config, 'path', help('config.path')).action(() =>
    go(async world => (await verbs()).configPath(world)),
  );
  config.action(() => go(async world => (await verbs()).configList(world)));
}
