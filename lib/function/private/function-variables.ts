import { Stack, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { PropCheck, unquoted } from '../../props/prop-check';
import { checkVariableName } from './function-rules';

/** A variable and its origin: a prop, or the resource that it names. */
interface Variable {
  readonly value: string;
  readonly owner: string;
}

/** The environment variables of a function, each with its origin: the user, or an access. */
export class FunctionVariables {
  private readonly known = new Map<string, Variable>();

  /**
   * @param given the variables of the function's own `environment`
   * @param defaults those of `functionDefaults.environment`
   */
  constructor(
    private readonly fn: lambda.Function,
    private readonly check: PropCheck,
    given: Readonly<Record<string, string>> = {},
    defaults: Readonly<Record<string, string>> = {},
  ) {
    const add = (variables: Readonly<Record<string, string>>, owner: string): void => {
      for (const [name, value] of Object.entries(variables)) {
        this.known.set(name, { value, owner });
      }
    };
    add(defaults, '`functionDefaults.environment`');
    add(given, '`environment`');
  }

  /** Sets a variable for an access. Several accesses may set the same value. */
  set(name: string, value: string, path: string): void {
    checkVariableName(name, this.check, 'access');
    const known = this.known.get(name);
    if (known !== undefined && known.owner !== path && !this.isSame(known.value, value)) {
      throw this.check.error(
        'access',
        `must give \`${name}\` the value that ${known.owner} gives it`,
        unquoted(`the access to ${path}, with another value`),
        known.owner.startsWith('`')
          ? `remove \`${name}\` from ${known.owner}, or keep that value with \`setEnvironmentVariable: false\` in the options of the access`
          : 'name the variable yourself: `Access.read(resource, { environmentVariable: "…" })`',
      );
    }
    if (known === undefined) {
      this.add(name, value, path);
    }
  }

  /** Sets a variable that the user adds. */
  setOwn(name: string, value: string): void {
    checkVariableName(name, this.check, 'environment');
    const known = this.known.get(name);
    if (known !== undefined && !this.isSame(known.value, value)) {
      throw this.check.error(
        `environment.${name}`,
        `must keep the value that ${known.owner} gives it`,
        unquoted('another value'),
        'choose another name, or remove the other value',
      );
    }
    if (known === undefined) {
      this.add(name, value, '`addEnvironment`');
    }
  }

  private add(name: string, value: string, owner: string): void {
    this.known.set(name, { value, owner });
    this.fn.addEnvironment(name, value);
  }

  /** Two different Tokens may have the same value. */
  private isSame(one: string, other: string): boolean {
    if (one === other || !Token.isUnresolved(one) || !Token.isUnresolved(other)) {
      return one === other;
    }
    const resolved = Stack.of(this.fn).resolve([one, other]) as readonly [unknown, unknown];
    return JSON.stringify(resolved[0]) === JSON.stringify(resolved[1]);
  }
}
