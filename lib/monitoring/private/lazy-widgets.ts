import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

const COLUMNS = 24;

/** Rows of widgets that are evaluated when the dashboard is rendered, so they stay above widgets that are added later. */
export class LazyWidgets implements cloudwatch.IWidget {
  readonly width = COLUMNS;

  private made?: cloudwatch.Row;
  private at: readonly [x: number, y: number] = [0, 0];

  constructor(private readonly produce: () => cloudwatch.IWidget[]) {}

  get height(): number {
    return this.row.height;
  }

  position(x: number, y: number): void {
    this.at = [x, y];
  }

  toJson(): ReturnType<cloudwatch.IWidget['toJson']> {
    this.row.position(...this.at);
    return this.row.toJson();
  }

  private get row(): cloudwatch.Row {
    this.made ??= new cloudwatch.Row(...this.produce());
    return this.made;
  }
}
