import { Field, ID, InterfaceType } from "type-graphql";

/** Object types name it beside their own interface: type-graphql finds the type of a node only among those that do. */
@InterfaceType("Node", { description: "Anything that has an id of its own (Relay)." })
export abstract class NodeType {
  @Field(() => ID, { description: "Unique in the hub; `node` finds it again." })
  id: string;
}
