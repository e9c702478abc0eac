import type { Shared } from './jest/environment';

// The CDK imports this in place of `@aws/cloudformation-validate`. See cdk-validator.ts.

declare const cdkValidator: Shared;

export class TemplateContent {
  constructor(
    readonly content: string,
    readonly name: string,
  ) {}
}

interface Config {
  readonly regoRules?: readonly { readonly name: string }[];
}

export class CompositeEngine {
  constructor({ regoRules = [], ...others }: Config) {
    const foreign = regoRules.filter(({ name }) => !cdkValidator.ruleNames.includes(name));
    if (foreign.length > 0 || Object.keys(others).length > 0) {
      throw new Error('the engine that tests share has the rules of the CDK and no others');
    }
  }

  validateTemplate({ content, name }: TemplateContent, options: object): unknown {
    return JSON.parse(cdkValidator.validateTemplate(content, name, JSON.stringify(options)));
  }

  free(): void {
    // Other tests use it.
  }
}

export const version = (): string => cdkValidator.version();
