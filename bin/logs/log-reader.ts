export interface LogEvent {
  readonly id: string;
  readonly at: Date;
  /** `<yyyy>/<mm>/<dd>/<function>[<version>]<environment>` of a log group that functions share. */
  readonly stream: string;
  readonly message: string;
}

export interface LogReader {
  /** Events in the order of their time, page by page. */
  read(
    group: string,
    range: { readonly from: Date; readonly to?: Date; readonly filter?: string },
  ): AsyncIterable<readonly LogEvent[]>;
  /** Rows of CloudWatch Logs Insights, by column; `undefined` where there is no such thing. */
  query(
    group: string,
    query: string,
    range: { readonly from: Date; readonly to: Date },
  ): Promise<readonly Readonly<Record<string, string>>[] | undefined>;
}
