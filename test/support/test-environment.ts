import NodeEnvironment from 'jest-environment-node';
import { RULE_NAMES, validateTemplate, version } from './cdk-validator';

/** What all tests of a process share, although each file of tests has modules of its own. */
export interface Shared {
  readonly ruleNames: readonly string[];
  readonly validateTemplate: typeof validateTemplate;
  readonly version: typeof version;
}

/** Node.js, with the validator of the CDK. */
export default class TestEnvironment extends NodeEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    const shared: Shared = { ruleNames: RULE_NAMES, validateTemplate, version };
    Object.assign(this.global, { cdkValidator: shared });
  }
}
