package dev.pawl.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Puts a graph without cycles into layers, every arrow downwards: each vertex one layer below the lowest that it is reached from
 * (a root right above the highest that it leads to). An arrow over several layers bends at a place of its own in each of them.
 * Within the layers vertices are ordered by the middle of their neighbours, which keeps crossings few, and then moved as near to
 * it as the others let them.
 *
 * <p>Source: K. Sugiyama, S. Tagawa, M. Toda, Methods for visual understanding of hierarchical system structures, 1981; the
 * moving is a least-squares fit by pooling adjacent violators.
 */
final class LayeredLayout {
    private static final int SWEEPS = 12;

    /** What is laid out: a vertex, or the bend of an arrow in one layer. */
    static final class Cell {
        final double width;
        final int layer;
        final List<Cell> above = new ArrayList<>();
        final List<Cell> below = new ArrayList<>();

        /** The middle. */
        double x;

        Cell(double width, int layer) {
            this.width = width;
            this.layer = layer;
        }
    }

    private final double gap;
    private final Map<String, Cell> cells = new LinkedHashMap<>();
    private final Map<PipelineGraph.Edge, List<Cell>> ways = new LinkedHashMap<>();
    private final List<List<Cell>> layers = new ArrayList<>();

    /**
     * @param widths of the vertices
     * @param last those that stand in a layer below all others
     */
    LayeredLayout(Map<String, Double> widths, List<PipelineGraph.Edge> edges, Set<String> last, double gap) {
        this.gap = gap;
        Map<String, Integer> layerOf = layerOf(widths.keySet().stream().toList(), edges);
        int below = widths.keySet().stream()
                        .filter(name -> !last.contains(name))
                        .mapToInt(name -> layerOf.getOrDefault(name, 0))
                        .max()
                        .orElse(-1)
                + 1;
        last.forEach(name -> layerOf.merge(name, below, Math::max));
        widths.forEach((name, width) -> cells.put(
                name, cell(width, Optional.ofNullable(layerOf.get(name)).orElse(0))));
        edges.forEach(this::connect);
        order();
        place();
    }

    Cell cell(String name) {
        return Optional.ofNullable(cells.get(name)).orElseThrow();
    }

    /** From the first vertex over all bends to the last. */
    List<Cell> way(PipelineGraph.Edge edge) {
        return Optional.ofNullable(ways.get(edge)).orElseThrow();
    }

    int layers() {
        return layers.size();
    }

    double width() {
        return layers.stream()
                .flatMap(List::stream)
                .mapToDouble(cell -> cell.x + cell.width / 2)
                .max()
                .orElse(0);
    }

    private static Map<String, Integer> layerOf(List<String> names, List<PipelineGraph.Edge> edges) {
        Map<String, Integer> layer = new HashMap<>();
        names.forEach(name -> layer.put(name, 0));
        for (int round = 0; round < names.size(); round++) {
            edges.forEach(edge -> layer.merge(edge.to(), layer.getOrDefault(edge.from(), 0) + 1, Math::max));
        }
        names.stream()
                .filter(name -> edges.stream().noneMatch(edge -> edge.to().equals(name)))
                .forEach(root -> edges.stream()
                        .filter(edge -> edge.from().equals(root))
                        .mapToInt(edge -> layer.getOrDefault(edge.to(), 1) - 1)
                        .min()
                        .ifPresent(nearest -> layer.put(root, nearest)));
        return layer;
    }

    private Cell cell(double width, int layer) {
        Cell cell = new Cell(width, layer);
        while (layers.size() <= layer) {
            layers.add(new ArrayList<>());
        }
        layers.get(layer).add(cell);
        return cell;
    }

    private void connect(PipelineGraph.Edge edge) {
        List<Cell> way = new ArrayList<>(List.of(cell(edge.from())));
        Cell end = cell(edge.to());
        for (int layer = way.getFirst().layer + 1; layer < end.layer; layer++) {
            way.add(cell(0, layer));
        }
        way.add(end);
        for (int i = 1; i < way.size(); i++) {
            way.get(i - 1).below.add(way.get(i));
            way.get(i).above.add(way.get(i - 1));
        }
        ways.put(edge, way);
    }

    /** The order with the fewest crossings that some sweeps down and up come to. */
    private void order() {
        List<List<Cell>> best = copy();
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean down = sweep % 2 == 0;
            for (List<Cell> layer : down ? layers : layers.reversed()) {
                Map<Cell, Double> middles = new HashMap<>();
                layer.forEach(cell -> middles.put(cell, middlePlace(cell, down ? cell.above : cell.below)));
                layer.sort((a, b) -> Double.compare(middles.getOrDefault(a, 0.0), middles.getOrDefault(b, 0.0)));
            }
            if (crossings(layers) < crossings(best)) {
                best = copy();
            }
        }
        layers.clear();
        layers.addAll(best);
    }

    private List<List<Cell>> copy() {
        List<List<Cell>> copy = new ArrayList<>();
        layers.forEach(layer -> copy.add(new ArrayList<>(layer)));
        return copy;
    }

    private double middlePlace(Cell cell, List<Cell> neighbours) {
        return neighbours.stream()
                .mapToInt(other -> layers.get(other.layer).indexOf(other))
                .average()
                .orElse(layers.get(cell.layer).indexOf(cell));
    }

    private static int crossings(List<List<Cell>> layers) {
        int crossings = 0;
        for (int i = 1; i < layers.size(); i++) {
            List<Cell> lower = layers.get(i);
            List<Integer> ends = layers.get(i - 1).stream()
                    .flatMap(cell -> cell.below.stream().map(lower::indexOf).sorted())
                    .toList();
            for (int a = 0; a < ends.size(); a++) {
                for (int b = a + 1; b < ends.size(); b++) {
                    crossings += ends.get(a) > ends.get(b) ? 1 : 0;
                }
            }
        }
        return crossings;
    }

    private void place() {
        layers.forEach(layer ->
                fit(layer, IntStream.range(0, layer.size()).mapToDouble(_ -> 0).toArray()));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean down = sweep % 2 == 0;
            for (List<Cell> layer : down ? layers : layers.reversed()) {
                fit(layer, layer.stream().mapToDouble(cell -> wish(cell, down)).toArray());
            }
        }
        double left = layers.stream()
                .flatMap(List::stream)
                .mapToDouble(cell -> cell.x - cell.width / 2)
                .min()
                .orElse(0);
        layers.forEach(layer -> layer.forEach(cell -> cell.x -= left));
    }

    private static double wish(Cell cell, boolean down) {
        List<Cell> neighbours = down ? cell.above : cell.below;
        return neighbours.stream().mapToDouble(other -> other.x).average().orElse(cell.x);
    }

    /** As near to the wishes as the order and the gaps allow. */
    private void fit(List<Cell> layer, double[] wishes) {
        double[] offsets = new double[layer.size()];
        for (int i = 1; i < offsets.length; i++) {
            offsets[i] = offsets[i - 1] + (layer.get(i - 1).width + layer.get(i).width) / 2 + gap;
        }
        List<double[]> pools = new ArrayList<>(); // sum and number of wishes that became one
        for (int i = 0; i < wishes.length; i++) {
            pools.add(new double[] {wishes[i] - offsets[i], 1});
            while (pools.size() > 1 && mean(pools.get(pools.size() - 2)) > mean(pools.getLast())) {
                double[] last = pools.removeLast();
                pools.getLast()[0] += last[0];
                pools.getLast()[1] += last[1];
            }
        }
        int at = 0;
        for (double[] pool : pools) {
            for (int i = 0; i < pool[1]; i++, at++) {
                layer.get(at).x = mean(pool) + offsets[at];
            }
        }
    }

    private static double mean(double[] pool) {
        return pool[0] / pool[1];
    }
}
