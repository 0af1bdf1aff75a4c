using NeuroNotebooks.Runner.Engine;
using NeuroNotebooks.Runner.Execution;
using Spectre.Console;

namespace NeuroNotebooks.Runner.Terminal;

/// <summary>Shows notebooks running: cell n of m and its section, moving on a terminal, a line a cell elsewhere.</summary>
internal static class ProgressBoard
{
    /// <summary>Does the work while showing it.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="work">Gets a way to make an observer for each notebook by its name.</param>
    public static Task<T> RunAsync<T>(Screen screen, Func<Func<string, IRunObserver>, Task<T>> work)
    {
        if (!screen.Interactive) return work(name => new LineObserver(screen, name));
        return screen.Console.Progress().AutoClear(true).HideCompleted(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new ElapsedTimeColumn(),
                new SpinnerColumn())
            .StartAsync(context => work(name => new TaskObserver(context.AddTask(Markup.Escape(name)), name)));
    }

    private sealed class LineObserver(Screen screen, string name) : IRunObserver
    {
        public void CellStarted(int number, int total, string section) => screen.Say($"{name} [{number}/{total}] {section}");

        public void CellEnded(int number, int total, CellResult result)
        {
            if (result.Status == CellStatus.Skipped) screen.Say($"{name} [{number}/{total}] skipped");
        }

        public void Showed(CellEvent shown) { }
    }

    private sealed class TaskObserver(ProgressTask task, string name) : IRunObserver
    {
        private const int SectionWidth = 44;

        public void CellStarted(int number, int total, string section)
        {
            string part = section.Length > SectionWidth ? section[..(SectionWidth - 1)] + "…" : section;
            task.MaxValue = total;
            task.Description = $"{Markup.Escape(name)} [grey]{number}/{total}[/] {Markup.Escape(part)}";
        }

        public void CellEnded(int number, int total, CellResult result) => task.Value = number;

        public void Showed(CellEvent shown) { }
    }
}
