/** A finding of a tool in a template. */
export interface Finding {
  readonly tool: 'cfn-lint' | 'checkov' | 'IAM';
  readonly rule: string;
  /** The path, relative to the folder of all templates. */
  readonly template: string;
  /** The logical id, or the section of the template. */
  readonly id: string;
  /** The type of the resource; empty if the finding is about the whole template. */
  readonly type: string;
  readonly message: string;
}

/** Findings that are not faults. */
export interface Exception {
  readonly tool: Finding['tool'];
  readonly rule: string;
  /** The types of the resources it is about. */
  readonly type: RegExp;
  /** The logical ids it is about; all resources of the type if absent. */
  readonly id?: RegExp;
  /** The templates it is about, whose paths begin with the app and its stage; all templates if absent. */
  readonly template?: RegExp;
  /** Limits the exception to some messages of the rule. */
  readonly isAbout?: (message: string) => boolean;
  readonly reason: string;
}

export interface Judgement {
  /** Findings that no exception covers. */
  readonly open: readonly Finding[];
  /** Exceptions that cover nothing. */
  readonly stale: readonly Exception[];
}

/** Compares the findings with the exceptions. */
export function judge(findings: readonly Finding[], exceptions: readonly Exception[]): Judgement {
  return {
    open: findings.filter((finding) => !exceptions.some((each) => covers(each, finding))),
    stale: exceptions.filter((each) => !findings.some((finding) => covers(each, finding))),
  };
}

function covers({ tool, rule, type, id, template, isAbout }: Exception, finding: Finding): boolean {
  return (
    tool === finding.tool &&
    rule === finding.rule &&
    type.test(finding.type) &&
    (id?.test(finding.id) ?? true) &&
    (template?.test(finding.template) ?? true) &&
    (isAbout?.(finding.message) ?? true)
  );
}
