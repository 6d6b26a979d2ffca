import { Component, type ComponentType, h } from "preact";

/** Draws a component again only when one of its properties is another one. */
export function memo<P extends object>(Inner: ComponentType<P>): ComponentType<P> {
    return class extends Component<P> {
        override shouldComponentUpdate(next: Readonly<P>): boolean {
            const before = this.props as Readonly<P>;
            return Object.keys(next).some(
                (name) => next[name as keyof P] !== before[name as keyof P],
            );
        }
        override render() {
            return h(Inner, this.props as P);
        }
    };
}
