using NeuroNotebooks.Runner.Documents;

namespace NeuroNotebooks.Runner.Tests.Support;

/// <summary>
/// The tests as a program: <c>save-for-ever FILE OLD NEW</c> saves the texts of two files over and over into a third, in turn, until killed.
/// </summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        if (args is not ["save-for-ever", var file, var first, var second]) return 2;
        string[] texts = [File.ReadAllText(first), File.ReadAllText(second)];
        for (int i = 0; ; i++)
        {
            AtomicFile.Write(file, texts[i % 2]);
            if (i == 0) Console.WriteLine("saving");
        }
    }
}
