import {Component, type ReactNode} from 'react';

type Props = {readonly onError: (error: unknown) => void; readonly children: ReactNode};

/**
 * Draws nothing once a component has thrown, and reports the error. Ink would print it together with the line of source
 * that threw it, which in a bundle is most of the program.
 */
export class ErrorBoundary extends Component<Props, {readonly hasFailed: boolean}> {
  override state = {hasFailed: false};

  static getDerivedStateFromError(): {readonly hasFailed: boolean} {
    return {hasFailed: true};
  }

  override componentDidCatch(error: unknown): void {
    this.props.onError(error);
  }

  override render(): ReactNode {
    return this.state.hasFailed ? null : this.props.children;
  }
}
