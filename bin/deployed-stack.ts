/** A deployed stack, as CloudFormation describes it. */
export interface DeployedStack {
  /** Its ARN. */
  readonly stackId: string;
  readonly stackName: string;
  readonly createdAt?: Date;
  readonly updatedAt?: Date;
  readonly parameters: Readonly<Record<string, string>>;
  /** By logical id. */
  readonly resources: Readonly<Record<string, { readonly type: string; readonly id: string }>>;
  /** Values that other stacks export, by name; only read if the model imports one. */
  readonly exports?: Readonly<Record<string, string>>;
}

export interface StackReader {
  describe(stackName: string): Promise<DeployedStack>;
  /** The template as it was deployed; `undefined` if there is no such stack. */
  template(stackName: string): Promise<string | undefined>;
  exports(): Promise<Readonly<Record<string, string>>>;
}
