using System.Text;
using System.Text.Json.Nodes;
using NeuroNotebooks.Runner.Jupyter;
using NeuroNotebooks.Runner.Tests.Support;

namespace NeuroNotebooks.Runner.Tests.Jupyter;

/// <summary>Requests that run no cell.</summary>
public sealed class KernelRequestTests(SharedKernel shared) : IClassFixture<SharedKernel>
{
    private KernelClient Kernel => shared.Client;

    [FactWith("libzmq")]
    public void The_kernel_says_what_it_is()
    {
        JsonObject info = Kernel.Ask("kernel_info_request", []).Reply;
        Assert.Equal("5.3", (string?)info["protocol_version"]);
        JsonObject language = info["language_info"]!.AsObject();
        Assert.Equal(["C#", "text/x-csharp", ".cs", "csharp"],
            new[] { "name", "mimetype", "file_extension", "pygments_lexer" }.Select(field => (string?)language[field]));
    }

    [FactWith("libzmq")]
    public void What_the_heart_is_sent_comes_back()
    {
        Kernel.Heartbeat.Send([], "beat"u8.ToArray());
        Kernel.Heartbeat.WaitAtMost(TimeSpan.FromSeconds(10));
        Assert.Equal("beat", Encoding.UTF8.GetString(Kernel.Heartbeat.Receive()![^1]));
    }

    [FactWith("libzmq")]
    public void The_heart_and_the_control_channel_answer_while_a_cell_runs()
    {
        using var gate = new Gate();
        string id = Kernel.Send("execute_request", KernelClient.ExecuteContent(gate.Waiting));
        Kernel.NextPublished(id, "execute_input");
        What_the_heart_is_sent_comes_back();
        Assert.Equal("ok", Kernel.Ask("kernel_info_request", [], Kernel.Control).Status);
        Kernel.Shell.WaitAtMost(TimeSpan.FromMilliseconds(1));
        Assert.Null(Kernel.Shell.Receive());
        gate.Open();
        Assert.Equal("ok", (string?)Kernel.Reply(id)["status"]);
    }

    [TheoryWith("libzmq")]
    [InlineData("\"text\".Sub", "Substring", 7)]                        // members of a value
    [InlineData("Math.Sq", "Sqrt", 5)]                                   // static members
    [InlineData("System.Coll", "Collections", 7)]                        // namespaces
    [InlineData("using System.Th", "Threading", 13)]
    [InlineData("forea", "foreach", 0)]                                  // keywords
    [InlineData("neuro", "neuron", 0)]                                   // variables of earlier cells
    [InlineData("int local = 1; loc", "local", 15)]                      // and of this one
    [InlineData("new int[] { 1 }.Sele", "Select", 16)]                   // extension methods
    [InlineData("neuron?.Sub", "Substring", 8)]
    [InlineData("new StringBuilder { Cap", "Capacity", 20)]              // properties between braces
    [InlineData("\"a\".Substring(sta", "startIndex:", 14)]               // names of arguments
    [InlineData("neuron.\nvar other = 3;", "Length", 7, 7)]              // the rest of the cell goes on
    [InlineData("/* 🧠🧠 */ neur", "neuron", 9)]                          // a code point is one character, not two
    [InlineData("#r \"nuget: Nothing\"\nneur", "neuron", 20)]            // directives are not obeyed
    public void Completions_fit_the_place(string code, string expected, int start, int cursor = -1)
    {
        Kernel.Execute("string neuron = \"E1\";");
        int end = cursor >= 0 ? cursor : code.EnumerateRunes().Count();
        JsonObject reply = Kernel.Ask("complete_request", new JsonObject { ["code"] = code, ["cursor_pos"] = end }).Reply;
        Assert.Contains(expected, reply["matches"]!.AsArray().Select(match => (string?)match));
        Assert.Equal((start, end), ((int)reply["cursor_start"]!, (int)reply["cursor_end"]!));
    }

    [TheoryWith("libzmq")]
    [InlineData("// neur")]
    [InlineData("\"neur")]
    [InlineData("$\"neur")]
    [InlineData("12")]
    [InlineData("#!markdown\nneur")]
    [InlineData("noSuchThing.Len")]
    public void Nothing_is_completed_where_there_is_no_code(string code)
    {
        Kernel.Execute("string neuron = \"E1\";");
        Assert.Empty(Kernel.Ask("complete_request", new JsonObject { ["code"] = code, ["cursor_pos"] = code.Length }).Reply["matches"]!.AsArray());
    }

    [FactWith("libzmq")]
    public void Members_that_an_instance_has_are_not_offered_on_its_type()
    {
        string[] Matches(string code) =>
            [.. Kernel.Ask("complete_request", new JsonObject { ["code"] = code, ["cursor_pos"] = code.Length }).Reply["matches"]!.AsArray().Select(m => (string)m!)];
        Assert.DoesNotContain("Length", Matches("string."));
        Assert.Contains("IsNullOrEmpty", Matches("string."));
        Assert.DoesNotContain("IsNullOrEmpty", Matches("\"\"."));
    }

    [FactWith("libzmq")]
    public void A_library_s_method_is_described_by_its_declaration_and_its_documentation()
    {
        string library = Path.Combine(NeuroNotebooks.TestSupport.Repository.Root, "artifacts", "lib", "NeuroNotebooks.dll").Replace('\\', '/');
        Assert.Equal("ok", Kernel.Execute($"#r \"{library}\"\nusing NeuroNotebooks.Games;\nusing NeuroNotebooks.Numerics;").Status);
        const string Code = "Circuits.RandomDale(4, 2, new Philox(Seed: 1))";
        JsonObject reply = Kernel.Ask("inspect_request", new JsonObject { ["code"] = Code, ["cursor_pos"] = 12, ["detail_level"] = 0 }).Reply;
        Assert.True((bool)reply["found"]!);
        string plain = (string)reply["data"]!["text/plain"]!, html = (string)reply["data"]!["text/html"]!;
        Assert.StartsWith("static FiringRateNetwork Circuits.RandomDale(int excitatory, int inhibitory, Philox random", plain);
        Assert.Contains("Dale's law", plain);
        Assert.Contains("excitatory: E cells, above zero.", plain);
        Assert.Contains("<b>excitatory:</b> E cells, above zero.", html);
        // the same from between the brackets
        JsonObject inside = Kernel.Ask("inspect_request", new JsonObject { ["code"] = Code, ["cursor_pos"] = 22, ["detail_level"] = 0 }).Reply;
        Assert.Equal(plain, (string?)inside["data"]!["text/plain"]);
    }

    [TheoryWith("libzmq")]
    [InlineData("Console.WriteLine", "and 8 more")]
    [InlineData("1 + 1", null)]
    [InlineData("noSuchName", null)]
    [InlineData("// Console", null)]
    [InlineData("neuron", "string neuron")]
    public void What_is_at_the_cursor_is_described_if_it_is_anything(string code, string? expected)
    {
        Kernel.Execute("string neuron = \"E1\";");
        JsonObject reply = Kernel.Ask("inspect_request", new JsonObject { ["code"] = code, ["cursor_pos"] = code.Length }).Reply;
        Assert.Equal(expected is not null, (bool)reply["found"]!);
        if (expected is not null) Assert.Contains(expected, (string?)reply["data"]!["text/plain"]);
    }

    [TheoryWith("libzmq")]
    [InlineData("1 + 1", "complete", null)]
    [InlineData("int x = 1;", "complete", null)]
    [InlineData("// only words", "complete", null)]
    [InlineData("#!markdown\nonly words", "complete", null)]
    [InlineData("for (int i = 0; i < 3; i++) {", "incomplete", "    ")]
    [InlineData("void F()\n{\n    if (true) {", "incomplete", "        ")]
    [InlineData("/* not yet", "incomplete", "")]
    [InlineData("int x = ;", "invalid", null)]
    [InlineData("class A { }}", "invalid", null)]
    [InlineData("#!nonsense", "invalid", null)]
    public void A_cell_is_complete_or_not_yet_or_never(string code, string status, string? indent)
    {
        JsonObject reply = Kernel.Ask("is_complete_request", new JsonObject { ["code"] = code }).Reply;
        Assert.Equal((status, indent), ((string?)reply["status"], (string?)reply["indent"]));
    }

    [FactWith("libzmq")]
    public void History_can_be_asked_for_by_its_end_by_numbers_and_by_pattern()
    {
        int first = (int)Kernel.Execute("11 + 1").Reply["execution_count"]!;
        Kernel.Execute("13 + 1");
        Kernel.Execute("11 + 1");
        JsonArray History(JsonObject request) => Kernel.Ask("history_request", request).Reply["history"]!.AsArray();

        var tail = History(new JsonObject { ["hist_access_type"] = "tail", ["n"] = 2, ["output"] = true });
        Assert.Equal(["13 + 1", "11 + 1"], tail.Select(entry => (string?)entry![2]![0]));
        Assert.Equal("14", (string?)tail[0]![2]![1]);
        var range = History(new JsonObject { ["hist_access_type"] = "range", ["session"] = 0, ["start"] = first, ["stop"] = first + 2 });
        Assert.Equal([first, first + 1], range.Select(entry => (int)entry![1]!));
        var search = new JsonObject { ["hist_access_type"] = "search", ["pattern"] = "11 *", ["n"] = 10 };
        Assert.Equal(2, History((JsonObject)search.DeepClone()).Count(entry => (int)entry![1]! >= first));
        search["unique"] = true;
        Assert.Single(History(search));
    }

    [FactWith("libzmq")]
    public void There_are_no_widgets()
    {
        Assert.Empty(Kernel.Ask("comm_info_request", []).Reply["comms"]!.AsObject());
        string id = Kernel.Send("comm_open", new JsonObject { ["comm_id"] = "c1", ["target_name"] = "jupyter.widget", ["data"] = new JsonObject() });
        Assert.Equal("c1", (string?)Kernel.NextPublished(id, "comm_close").Content["comm_id"]);
    }

    [FactWith("libzmq")]
    public void A_request_without_what_it_needs_is_answered_with_an_error()
    {
        var answer = Kernel.Ask("execute_request", new JsonObject { ["code"] = 3 });
        Assert.Equal("error", answer.Status);
        Assert.Contains("\"code\" must be a text, but 3 came", (string?)answer.Reply["evalue"]);
    }

    [FactWith("libzmq")]
    public void Messages_that_are_none_or_unsigned_or_unknown_are_dropped_with_a_note()
    {
        var stranger = new MessageSigner("another key"u8.ToArray());
        var forged = KernelMessage.New([], "execute_request", "s", "{}"u8.ToArray(), KernelClient.ExecuteContent("int forged = 1;"), DateTimeOffset.UnixEpoch);
        Kernel.Shell.Send(forged.Frames(stranger));
        Kernel.Shell.Send("no message"u8.ToArray());
        Kernel.Send("unheard_of_request", []);
        Assert.Equal("error", Kernel.Execute("forged").Status);
        Assert.Contains("its signature is wrong", Kernel.Said);
        Assert.Contains("no <IDS|MSG>", Kernel.Said);
        Assert.Contains("unheard_of_request", Kernel.Said);
    }

    [FactWith("libzmq")]
    public void Five_hundred_mutated_requests_leave_the_kernel_whole()
    {
        var random = new Random(2026);
        string[] types = ["kernel_info_request", "complete_request", "inspect_request", "is_complete_request", "history_request", "comm_open", "comm_info_request"];
        string last = "";
        for (int i = 0; i < 500; i++)
        {
            var content = new JsonObject
            {
                ["code"] = Mutations.Json(random), ["cursor_pos"] = Mutations.Json(random), ["hist_access_type"] = Mutations.Json(random),
                ["n"] = Mutations.Json(random), ["pattern"] = Mutations.Json(random), ["comm_id"] = Mutations.Json(random),
            };
            last = Kernel.Send(types[random.Next(types.Length)], content);
        }
        Assert.NotEmpty(last);
        Assert.Equal("2", (string?)Kernel.Execute("1 + 1").Only("execute_result")["data"]!["text/plain"]);
    }
}
