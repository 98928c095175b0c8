// The only module that imports chalk, which adds the escape codes of colour and bold. `environment.ts`
// decides whether to colour before chalk is loaded: chalk 5.6.2 ignores NO_COLOR (53 escape codes on one page
// despite it).
export { Chalk } from 'chalk';
