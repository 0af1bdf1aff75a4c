namespace NeuroNotebooks.Numerics;

/// <summary>The strongly connected components of the graph with an edge from j to i wherever matrix[i, j] ≠ 0.</summary>
internal static class StrongComponents
{
    /// <summary>The components, each ascending, sources first: no edge leads from a later component to an earlier one.</summary>
    public static List<int[]> Of(double[,] matrix)
    {
        int n = matrix.GetLength(0), clock = 0;
        int[] order = new int[n], low = new int[n];
        var onStack = new bool[n];
        var stack = new Stack<int>();
        var components = new List<int[]>();

        void Visit(int j)
        {
            order[j] = low[j] = ++clock;
            stack.Push(j);
            onStack[j] = true;
            for (int i = 0; i < n; i++)
            {
                if (i == j || matrix[i, j] == 0.0) continue;
                if (order[i] == 0)
                {
                    Visit(i);
                    low[j] = Math.Min(low[j], low[i]);
                }
                else if (onStack[i]) low[j] = Math.Min(low[j], order[i]);
            }
            if (low[j] != order[j]) return;

            var component = new List<int>();
            do
            {
                component.Add(stack.Peek());
                onStack[stack.Peek()] = false;
            }
            while (stack.Pop() != j);
            component.Sort();
            components.Add([.. component]);
        }

        for (int j = 0; j < n; j++)
            if (order[j] == 0) Visit(j);
        components.Reverse();                // Tarjan's algorithm finishes sinks first
        return components;
    }
}
