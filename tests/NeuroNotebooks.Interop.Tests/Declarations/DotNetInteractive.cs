// What of Microsoft.DotNet.Interactive the adapters use, and no more. Sources, in the public repository dotnet/interactive:
//   IKernelExtension.OnLoadAsync(Kernel)                      src/Microsoft.DotNet.Interactive/IKernelExtension.cs,
//                                                             docs/extending-dotnet-interactive.md
//   Formatter.Register<T>(Func<T, string>, mimeType)          src/Microsoft.DotNet.Interactive.Formatting/Formatter.cs,
//   Formatter.Register(Type, Action<object, TextWriter>, ...) docs/formatting.md ("open generic type definition")
//   Formatter.SetPreferredMimeTypesFor(Type, params string[]) the same file
#nullable disable
#pragma warning disable IDE0161

namespace Microsoft.DotNet.Interactive
{
    public abstract class Kernel;

    public interface IKernelExtension
    {
        Task OnLoadAsync(Kernel kernel);
    }
}

namespace Microsoft.DotNet.Interactive.Formatting
{
    public static class Formatter
    {
        internal static Dictionary<(Type Type, string MimeType), Action<object, TextWriter>> Registered { get; } = [];

        internal static Dictionary<Type, string[]> Preferred { get; } = [];

        public static void Register<T>(Func<T, string> formatter, string mimeType = "text/plain") =>
            Registered[(typeof(T), mimeType)] = (value, writer) => writer.Write(formatter((T)value));

        public static void Register<T>(Action<T, TextWriter> formatter, string mimeType = "text/plain") =>
            Registered[(typeof(T), mimeType)] = (value, writer) => formatter((T)value, writer);

        public static void Register(Type type, Action<object, TextWriter> formatter, string mimeType = "text/plain") =>
            Registered[(type, mimeType)] = formatter;

        public static void SetPreferredMimeTypesFor(Type type, params string[] preferredMimeTypes) => Preferred[type] = preferredMimeTypes;
    }
}
