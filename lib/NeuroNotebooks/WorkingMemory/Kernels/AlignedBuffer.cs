using System.Runtime.InteropServices;

namespace NeuroNotebooks.WorkingMemory;

/// <summary>Numbers outside the collected heap, aligned to cache lines, zero at first.</summary>
internal sealed unsafe class AlignedBuffer<T> where T : unmanaged
{
    private const nuint CacheLine = 64;

    public AlignedBuffer(long length)
    {
        Length = length;
        nuint bytes = (nuint)length * (nuint)sizeof(T);
        Address = (T*)NativeMemory.AlignedAlloc(bytes, CacheLine);
        GC.AddMemoryPressure((long)bytes + 1);
        NativeMemory.Clear(Address, bytes);
    }

    ~AlignedBuffer()
    {
        NativeMemory.AlignedFree(Address);
        GC.RemoveMemoryPressure(Length * sizeof(T) + 1);
    }

    public T* Address { get; }

    public long Length { get; }

    public Span<T> Span => new(Address, checked((int)Length));

    public void Clear() => NativeMemory.Clear(Address, (nuint)Length * (nuint)sizeof(T));
}
