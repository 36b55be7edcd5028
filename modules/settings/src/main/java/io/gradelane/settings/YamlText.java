package io.gradelane.settings;

import io.gradelane.settings.Tree.Absent;
import io.gradelane.settings.Tree.Branch;
import io.gradelane.settings.Tree.Items;
import io.gradelane.settings.Tree.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** YAML (and so JSON) as a {@link Tree}: composed to nodes only, because nodes know their lines and values do not. */
final class YamlText {

  private static final Set<String> NULLS = Set.of("", "~", "null");

  private final IntFunction<String> where;
  private final Consumer<Problem> problems;

  private YamlText(IntFunction<String> where, Consumer<Problem> problems) {
    this.where = where;
    this.problems = problems;
  }

  /**
   * @param name of the file or variable, for a problem that belongs to no key
   * @param where tells a line (from 1) in the words of a {@link Problem}
   * @return what was read; {@link Absent} for an empty text and after a problem of syntax
   */
  static Tree read(
      String text, String name, IntFunction<String> where, Consumer<Problem> problems) {
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(name).build();
      // JSON may be indented by tabs, YAML may not; inside its strings JSON allows none.
      String readable = text.strip().startsWith("{") ? text.replace('\t', ' ') : text;
      return new Compose(settings)
          .composeString(readable)
          .map(node -> new YamlText(where, problems).tree(node))
          .orElseGet(() -> new Absent(where.apply(1)));
    } catch (MarkedYamlEngineException e) {
      problems.accept(
          new Problem(name, String.valueOf(e.getProblem()), "YAML or JSON", where.apply(line(e))));
    } catch (YamlEngineException e) {
      problems.accept(new Problem(name, String.valueOf(e.getMessage()), "YAML or JSON", ""));
    }
    return new Absent("");
  }

  private static int line(MarkedYamlEngineException e) {
    return e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  private Tree tree(Node node) {
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar);
      case SequenceNode sequence -> items(sequence);
      case MappingNode mapping -> branch(mapping);
      default -> new Absent(place(node));
    };
  }

  private Tree scalar(ScalarNode node) {
    boolean plain = node.getScalarStyle() == ScalarStyle.PLAIN;
    return plain && NULLS.contains(node.getValue())
        ? new Absent(place(node))
        : new Scalar(node.getValue(), place(node));
  }

  private Tree items(SequenceNode node) {
    List<Tree> items = node.getValue().stream().map(this::tree).toList();
    return new Items(items, place(node));
  }

  private Tree branch(MappingNode node) {
    Map<String, Tree> children = new LinkedHashMap<>();
    for (NodeTuple entry : node.getValue()) {
      add(children, entry);
    }
    return new Branch(children, place(node));
  }

  private void add(Map<String, Tree> children, NodeTuple entry) {
    String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    String place = place(entry.getKeyNode());
    if (key.isEmpty()) {
      problems.accept(
          new Problem("", "a key that is not a word", "a word before the colon", place));
      return;
    }
    Tree value = atKey(tree(entry.getValueNode()), place);
    if (children.put(key, value) != null) {
      problems.accept(new Problem(key, "", "each key once", place));
    }
  }

  /** A value is looked for at the line of its key, where a block of it may begin a line later. */
  private static Tree atKey(Tree value, String place) {
    return switch (value) {
      case Branch branch -> new Branch(branch.children(), place);
      case Items items -> new Items(items.items(), place);
      case Scalar scalar -> new Scalar(scalar.text(), place);
      case Absent absent -> new Absent(place);
    };
  }

  private String place(Node node) {
    return where.apply(node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
  }
}
