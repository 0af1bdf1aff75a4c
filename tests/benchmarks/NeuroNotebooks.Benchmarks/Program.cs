using NeuroNotebooks.Benchmarks;

// A benchmark is a name, a line that says what it measures, and a method that prints a table.
Benchmark[] benchmarks =
[
    new("gemm", "matrix products: Math.NET, the managed kernel, OpenBLAS (GFLOP/s)", MatrixProducts.Run),
];

if (args is not [var name] || name == "--list")
{
    foreach (var known in benchmarks) Console.WriteLine($"{known.Name,-12} {known.Summary}");
    return 0;
}

if (benchmarks.FirstOrDefault(known => known.Name == name) is not { } chosen)
{
    Console.Error.WriteLine($"No benchmark is called \"{name}\". There are: {string.Join(", ", benchmarks.Select(known => known.Name))}.");
    return 1;
}

Console.WriteLine(Machine.Description);
Console.WriteLine();
chosen.Run(Console.Out);
return 0;
